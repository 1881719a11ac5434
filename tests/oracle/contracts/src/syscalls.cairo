// An account and a contract whose entry points run scripts: felts that say which system calls to make, with which
// arguments, and what to do when one fails. Compiled by `oracle compile` (Cairo 2.21).
//
// A script is a list of operations, each a number and its arguments; arrays are a length and the elements.
#[starknet::contract(account)]
mod syscalls {
    use core::blake::blake2s_compress;
    use core::circuit::{CircuitElement, CircuitInput, CircuitInputs, CircuitModulus, EvalCircuitTrait, AddInputResultTrait};
    use core::circuit::{circuit_add, circuit_mul, circuit_inverse, CircuitOutputsTrait};
    use core::dict::Felt252Dict;
    use core::ec::{EcPointTrait, EcStateTrait};
    use core::pedersen::pedersen;
    use core::poseidon::hades_permutation;
    use starknet::secp256_trait::{Secp256PointTrait, Secp256Trait};
    use starknet::secp256k1::Secp256k1Point;
    use starknet::secp256r1::Secp256r1Point;
    use starknet::syscalls::{
        call_contract_syscall, deploy_syscall, emit_event_syscall, get_block_hash_syscall, get_class_hash_at_syscall,
        get_execution_info_syscall, get_execution_info_v2_syscall, get_execution_info_v3_syscall, keccak_syscall,
        library_call_syscall, meta_tx_v0_syscall, replace_class_syscall, send_message_to_l1_syscall,
        storage_read_syscall, storage_write_syscall,
    };
    use starknet::{ClassHash, ContractAddress, SyscallResult, VALIDATED};

    #[storage]
    struct Storage {}

    #[constructor]
    fn constructor(ref self: ContractState, script: Span<felt252>) {
        run_script(script);
    }

    #[external(v0)]
    fn run(ref self: ContractState, script: Span<felt252>) -> Array<felt252> {
        run_script(script)
    }

    #[l1_handler]
    fn handle(ref self: ContractState, from_address: felt252, script: Span<felt252>) {
        run_script(script);
    }

    // Returns the first felt that the validation's script gives, VALID if it gives none.
    #[external(v0)]
    fn __validate__(ref self: ContractState, validate: Span<felt252>, execute: Span<felt252>) -> felt252 {
        let results = run_script(validate);
        *results.get(0).map(|result| result.unbox()).unwrap_or(@VALIDATED)
    }

    #[external(v0)]
    fn __execute__(ref self: ContractState, validate: Span<felt252>, execute: Span<felt252>) -> Array<felt252> {
        run_script(execute)
    }

    #[external(v0)]
    fn __validate_declare__(self: @ContractState, class_hash: felt252) -> felt252 {
        VALIDATED
    }

    #[external(v0)]
    fn __validate_deploy__(
        self: @ContractState, class_hash: felt252, contract_address_salt: felt252, script: Span<felt252>,
    ) -> felt252 {
        VALIDATED
    }

    fn next(ref script: Span<felt252>) -> felt252 {
        *script.pop_front().expect('script ends early')
    }

    fn next_number(ref script: Span<felt252>) -> u32 {
        next(ref script).try_into().expect('no u32')
    }

    fn next_u256(ref script: Span<felt252>) -> u256 {
        let low = next(ref script).try_into().expect('no u128');
        let high = next(ref script).try_into().expect('no u128');
        u256 { low, high }
    }

    fn next_address(ref script: Span<felt252>) -> ContractAddress {
        next(ref script).try_into().expect('no address')
    }

    fn next_class(ref script: Span<felt252>) -> ClassHash {
        next(ref script).try_into().expect('no class hash')
    }

    fn next_array(ref script: Span<felt252>) -> Span<felt252> {
        let length = next_number(ref script);
        let array = script.slice(0, length);
        script = script.slice(length, script.len() - length);
        array
    }

    fn append_all(ref results: Array<felt252>, mut values: Span<felt252>) {
        results.append(values.len().into());
        while let Some(value) = values.pop_front() {
            results.append(*value);
        }
    }

    fn caught(ref results: Array<felt252>, error: Array<felt252>) {
        results.append('caught');
        append_all(ref results, error.span());
    }

    // The answer of a call; its failure is caught, or passed on as a panic with the same data.
    fn answer(ref results: Array<felt252>, called: SyscallResult<Span<felt252>>, catch: bool) {
        match called {
            Ok(retdata) => append_all(ref results, retdata),
            Err(error) => {
                if !catch {
                    core::panics::panic(error)
                }
                caught(ref results, error)
            },
        }
    }

    fn answer_none(ref results: Array<felt252>, called: SyscallResult<()>) {
        match called {
            Ok(()) => {},
            Err(error) => caught(ref results, error),
        }
    }

    fn answer_one(ref results: Array<felt252>, called: SyscallResult<felt252>) {
        match called {
            Ok(value) => results.append(value),
            Err(error) => caught(ref results, error),
        }
    }

    fn run_script(mut script: Span<felt252>) -> Array<felt252> {
        let mut results: Array<felt252> = array![];
        while let Some(operation) = script.pop_front() {
            run_operation(*operation, ref script, ref results);
        }
        results
    }

    fn run_operation(operation: felt252, ref script: Span<felt252>, ref results: Array<felt252>) {
        match operation {
            0 => results.append(next(ref script)),
            1 => storage_read(0, ref script, ref results),
            2 => storage_write(0, ref script, ref results),
            3 => {
                let keys = next_array(ref script);
                let data = next_array(ref script);
                answer_none(ref results, emit_event_syscall(keys, data));
            },
            4 => {
                let to = next(ref script);
                answer_none(ref results, send_message_to_l1_syscall(to, next_array(ref script)));
            },
            5 => {
                let address = next_address(ref script);
                let selector = next(ref script);
                let calldata = next_array(ref script);
                let catch = next(ref script) != 0;
                answer(ref results, call_contract_syscall(address, selector, calldata), catch);
            },
            6 => {
                let class = next_class(ref script);
                let selector = next(ref script);
                let calldata = next_array(ref script);
                let catch = next(ref script) != 0;
                answer(ref results, library_call_syscall(class, selector, calldata), catch);
            },
            7 => deploy(ref script, ref results),
            8 => answer_none(ref results, replace_class_syscall(next_class(ref script))),
            9 => {
                match get_class_hash_at_syscall(next_address(ref script)) {
                    Ok(class) => results.append(class.into()),
                    Err(error) => caught(ref results, error),
                }
            },
            10 => {
                let number: u64 = next(ref script).try_into().expect('no u64');
                answer_one(ref results, get_block_hash_syscall(number));
            },
            11 => execution_info(ref results),
            12 => keccak(ref script, ref results),
            13 => {
                let words = next_number(ref script);
                sha256(words, ref results);
            },
            14 => {
                let words = next_number(ref script);
                sha512(words, ref results);
            },
            15 => secp::<Secp256k1Point>(ref script, ref results),
            16 => secp::<Secp256r1Point>(ref script, ref results),
            17 => {
                let address = next_address(ref script);
                let selector = next(ref script);
                let calldata = next_array(ref script);
                let signature = next_array(ref script);
                let catch = next(ref script) != 0;
                answer(ref results, meta_tx_v0_syscall(address, selector, calldata, signature), catch);
            },
            18 => panic(next_array(ref script)),
            19 => compute(ref script, ref results),
            20 => write_many(ref script, ref results),
            21 => emit_many(ref script, ref results),
            22 => storage_read(1, ref script, ref results),
            23 => storage_write(1, ref script, ref results),
            24 => builtins(ref script, ref results),
            25 => execution_info_v3(ref results),
            26 => blake(ref script, ref results),
            _ => panic(array!['no such operation', operation].span()),
        }
    }

    fn panic(mut data: Span<felt252>) {
        let mut copy = array![];
        while let Some(value) = data.pop_front() {
            copy.append(*value);
        }
        core::panics::panic(copy)
    }

    fn storage_read(domain: u32, ref script: Span<felt252>, ref results: Array<felt252>) {
        let key = next(ref script).try_into().expect('no storage key');
        answer_one(ref results, storage_read_syscall(domain, key));
    }

    fn storage_write(domain: u32, ref script: Span<felt252>, ref results: Array<felt252>) {
        let key = next(ref script).try_into().expect('no storage key');
        answer_none(ref results, storage_write_syscall(domain, key, next(ref script)));
    }

    fn write_many(ref script: Span<felt252>, ref results: Array<felt252>) {
        let mut left = next_number(ref script);
        let mut key = next(ref script);
        let value = next(ref script);
        while left != 0 {
            answer_none(ref results, storage_write_syscall(0, key.try_into().expect('no storage key'), value));
            key += 1;
            left -= 1;
        }
    }

    fn numbers(mut left: u32) -> Span<felt252> {
        let mut list = array![];
        while left != 0 {
            list.append(left.into());
            left -= 1;
        }
        list.span()
    }

    fn emit_many(ref script: Span<felt252>, ref results: Array<felt252>) {
        let mut left = next_number(ref script);
        let keys = numbers(next_number(ref script));
        let data = numbers(next_number(ref script));
        while left != 0 {
            answer_none(ref results, emit_event_syscall(keys, data));
            left -= 1;
        }
    }

    fn deploy(ref script: Span<felt252>, ref results: Array<felt252>) {
        let class = next_class(ref script);
        let salt = next(ref script);
        let calldata = next_array(ref script);
        let from_zero = next(ref script) != 0;
        match deploy_syscall(class, salt, calldata, from_zero) {
            Ok((address, retdata)) => {
                results.append(address.into());
                append_all(ref results, retdata);
            },
            Err(error) => caught(ref results, error),
        }
    }

    // The older two forms read a prefix of what the newest gives.
    fn execution_info(ref results: Array<felt252>) {
        match get_execution_info_syscall() {
            Ok(info) => {
                let info = info.unbox();
                info.block_info.unbox().serialize(ref results);
                info.tx_info.unbox().serialize(ref results);
                results.append(info.caller_address.into());
                results.append(info.contract_address.into());
                results.append(info.entry_point_selector);
            },
            Err(error) => caught(ref results, error),
        }
        match get_execution_info_v2_syscall() {
            Ok(info) => info.unbox().tx_info.unbox().serialize(ref results),
            Err(error) => caught(ref results, error),
        }
    }

    fn execution_info_v3(ref results: Array<felt252>) {
        match get_execution_info_v3_syscall() {
            Ok(info) => info.unbox().tx_info.unbox().serialize(ref results),
            Err(error) => caught(ref results, error),
        }
    }

    fn keccak(ref script: Span<felt252>, ref results: Array<felt252>) {
        let mut words: Array<u64> = array![];
        let mut left = next_number(ref script);
        while left != 0 {
            words.append(0x123456789abcdef * left.into());
            left -= 1;
        }
        match keccak_syscall(words.span()) {
            Ok(hash) => hash.serialize(ref results),
            Err(error) => caught(ref results, error),
        }
    }

    fn sha256(mut left: u32, ref results: Array<felt252>) {
        let mut words: Array<u32> = array![];
        while left != 0 {
            words.append(left * 31);
            left -= 1;
        }
        for word in core::sha256::compute_sha256_u32_array(words, 0, 0).span() {
            results.append((*word).into());
        }
    }

    fn sha512(mut left: u32, ref results: Array<felt252>) {
        let mut words: Array<u64> = array![];
        while left != 0 {
            words.append(left.into() * 0x1000000001);
            left -= 1;
        }
        for word in core::sha512::compute_sha512_u64_array(words, 0, 0).span() {
            results.append((*word).into());
        }
    }

    // An opcode of the VM beside the builtins.
    fn blake(ref script: Span<felt252>, ref results: Array<felt252>) {
        let mut left = next_number(ref script);
        let mut state = BoxTrait::new([left, 1, 2, 3, 4, 5, 6, 7]);
        while left != 0 {
            state = blake2s_compress(state, left * 64, BoxTrait::new([left, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]));
            left -= 1;
        }
        for word in state.unbox().span() {
            results.append((*word).into());
        }
    }

    fn append_point<Point, +Secp256PointTrait<Point>>(point: Point, ref results: Array<felt252>) {
        match point.get_coordinates() {
            Ok((x, y)) => {
                x.serialize(ref results);
                y.serialize(ref results);
            },
            Err(error) => caught(ref results, error),
        }
    }

    // One point by its coordinates, one by its x; their sum, and the first times a scalar.
    fn secp<Point, +Secp256Trait<Point>, +Secp256PointTrait<Point>, +Copy<Point>, +Drop<Point>>(
        ref script: Span<felt252>, ref results: Array<felt252>,
    ) {
        let x = next_u256(ref script);
        let y = next_u256(ref script);
        let other_x = next_u256(ref script);
        let parity = next(ref script) != 0;
        let scalar = next_u256(ref script);
        let first = point(Secp256Trait::<Point>::secp256_ec_new_syscall(x, y), ref results);
        let second = point(Secp256Trait::<Point>::secp256_ec_get_point_from_x_syscall(other_x, parity), ref results);
        if let Some(first) = first {
            if let Some(second) = second {
                let _sum = point(some(first.add(second)), ref results);
            }
            let _product = point(some(first.mul(scalar)), ref results);
        }
    }

    fn some<Point, +Drop<Point>>(result: SyscallResult<Point>) -> SyscallResult<Option<Point>> {
        match result {
            Ok(point) => Ok(Some(point)),
            Err(error) => Err(error),
        }
    }

    fn point<Point, +Secp256PointTrait<Point>, +Copy<Point>, +Drop<Point>>(
        result: SyscallResult<Option<Point>>, ref results: Array<felt252>,
    ) -> Option<Point> {
        match result {
            Ok(Some(point)) => {
                append_point(point, ref results);
                Some(point)
            },
            Ok(None) => {
                results.append('no point');
                None
            },
            Err(error) => {
                caught(ref results, error);
                None
            },
        }
    }

    // Steps, Pedersen hashes and Poseidon permutations.
    fn compute(ref script: Span<felt252>, ref results: Array<felt252>) {
        let mut left = next_number(ref script);
        let mut value = 1;
        while left != 0 {
            value = pedersen(value, left.into()) * 3;
            let (first, _, _) = hades_permutation(value, left.into(), 2);
            value = first;
            left -= 1;
        }
        results.append(value);
    }

    // What the other operations leave out: dictionaries, the curve, bitwise and the modular builtins.
    fn builtins(ref script: Span<felt252>, ref results: Array<felt252>) {
        let count = next_number(ref script);
        let mut dict: Felt252Dict<u128> = Default::default();
        let mut left = count;
        while left != 0 {
            let key = (left % 5).into();
            dict.insert(key, (dict.get(key) ^ left.into()) | 5);
            left -= 1;
        }
        results.append(dict.get(3).into());
        let mut state = EcStateTrait::init();
        let generator = EcPointTrait::new(core::ec::stark_curve::GEN_X, core::ec::stark_curve::GEN_Y).unwrap();
        state.add_mul(count.into() + 7, generator.try_into().unwrap());
        match state.finalize_nz() {
            Some(point) => results.append(point.x()),
            None => results.append('infinity'),
        }
        let a = CircuitElement::<CircuitInput<0>> {};
        let b = CircuitElement::<CircuitInput<1>> {};
        let inverse = circuit_inverse(circuit_add(a, b));
        let product = circuit_mul(inverse, b);
        let modulus = TryInto::<_, CircuitModulus>::try_into([55, 0, 0, 0]).unwrap();
        let evaluated = (product,)
            .new_inputs()
            .next(if count % 2 == 0 { [44, 0, 0, 0] } else { [17, 0, 0, 0] })
            .next([11, 0, 0, 0])
            .done()
            .eval(modulus);
        match evaluated {
            Ok(outputs) => results.append(outputs.get_output(product).limb0.into()),
            Err(_) => results.append('no inverse'),
        }
    }
}
