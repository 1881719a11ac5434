//! Calls of blockifier's Cairo 0 contracts: every function, with arguments that suit it and some that do not.

use rand::seq::SliceRandom;
use rand::Rng;
use starknet_types_core::felt::Felt;

use super::scripts::selector;
use super::{array, f, felt_of, Generator};
use crate::wallet::Call;

/// Functions of c0_security_tests_contract, each of which breaks a rule of the VM.
const SECURITY: [&str; 33] = [
    "empty_function",
    "test_nonrelocatable_syscall_ptr",
    "test_unknown_memory",
    "test_subtraction_between_relocatables",
    "test_relocatables_addition_failure",
    "test_op0_unknown_double_dereference",
    "test_write_to_program_segment",
    "test_exit_main_scope",
    "test_missing_exit_scope",
    "test_out_of_bound_memory_value",
    "test_non_relocatable_memory_address",
    "test_bad_expr_eval",
    "test_bad_pedersen_values",
    "test_bad_range_check_values",
    "test_missing_signature_hint",
    "test_signature_hint_on_wrong_segment",
    "test_ec_op_invalid_input",
    "test_ec_op_point_not_on_curve",
    "test_read_bad_address",
    "test_relocatable_storage_address",
    "test_bad_call_address",
    "test_bad_syscall_request_arg_type",
    "test_bad_call_selector",
    "test_bad_deploy_from_zero_field",
    "test_builtin_hole",
    "test_missing_pedersen_values",
    "test_bad_builtin_stop_ptr",
    "test_access_after_syscall_stop_ptr",
    "test_bad_syscall_stop_ptr",
    "test_out_of_bounds_write_to_signature_segment",
    "test_out_of_bounds_write_to_tx_info_segment",
    "test_write_to_call_contract_return_value",
    "test_out_of_bounds_write_to_calldata_segment",
];

impl Generator<'_> {
    /// The functions of the security contract in their order.
    pub fn security_call(&mut self) -> Call {
        let function = SECURITY[self.next_security % SECURITY.len()];
        self.next_security += 1;
        let calldata = match function {
            "test_read_bad_address" | "test_relocatable_storage_address" => vec![Felt::ONE],
            "test_out_of_bounds_write_to_calldata_segment" => array(&[f(3u8), f(4u8)]),
            _ => vec![],
        };
        Call::new(self.world.cairo0_special["c0_security_tests_contract"], function, calldata)
    }

    /// A function of one of the other Cairo 0 contracts.
    pub fn cairo0_full_call(&mut self, block: u64) -> Call {
        let to = self.cairo0_contract();
        let other = felt_of(self.cairo0_contract());
        let class = self.library.hash("c0_test_contract").0;
        let special = self.world.cairo0_special.clone();
        self.salt += 1;
        let salt = f(self.salt);
        let r = &mut self.rng;
        let slot = f(r.gen_range(300..400u64));
        let value = f(r.gen::<u32>());
        let read_write = [vec![selector("test_storage_read_write")], array(&[slot, value])].concat();
        let (to, function, calldata) = match r.gen_range(0..48) {
            0 => (to, "without_arg", vec![]),
            1 => (to, "read_write_read", vec![]),
            2 => (to, "test_long_retdata", vec![]),
            3 => (to, "test_library_call_syntactic_sugar", vec![class]),
            4 => {
                let selectors = [selector("test_library_call"), selector("test_storage_read_write")];
                (to, "test_nested_library_call", [vec![class], selectors.to_vec(), array(&[slot, value])].concat())
            }
            5 => {
                let deposit = vec![class, selector("deposit")];
                (to, "test_library_call_l1_handler", [deposit, array(&[f(0u8), value])].concat())
            }
            6 => (to, "test_delegate_call", [vec![other], read_write].concat()),
            7 => {
                let deposit = vec![other, selector("deposit")];
                (to, "test_delegate_l1_handler", [deposit, array(&[f(0u8), value])].concat())
            }
            8 => (to, "test_replace_class", vec![class]),
            9 => {
                let target = if r.gen() { self.library.hash("syscalls").0 } else { f(0xbad_u64) };
                (to, "test_replace_class", vec![target])
            }
            10 => {
                let deployed = [vec![class, salt, Felt::ZERO], array(&[f(3u8), f(4u8)]), vec![slot, value]];
                (to, "test_deploy_and_call", deployed.concat())
            }
            11 => (to, "test_deploy", [vec![class, f(1u8)], array(&[f(3u8), f(4u8)]), vec![f(1u8)]].concat()),
            12 => (to, "test_deploy", [vec![f(0xbad_u64), salt], array(&[]), vec![f(0u8)]].concat()),
            13 => (to, "test_deploy", [vec![class, salt], array(&[]), vec![f(0u8)]].concat()),
            14 => {
                let script = array(&array(&[f(2u8), f(9u8), f(9u8)]));
                let syscalls = self.library.hash("syscalls_steps").0;
                (to, "test_deploy", [vec![syscalls, salt], script, vec![f(0u8)]].concat())
            }
            15 => (to, "test_call_storage_consistency", vec![other, slot]),
            16 => (to, "test_re_entrance", vec![other, f(r.gen_range(0..4u64))]),
            17 => {
                let arguments = array(&[f(3u8), f(4u8)]);
                (to, "test_contract_address", [vec![salt, class], arguments, vec![other]].concat())
            }
            18 => (to, "foo", vec![]),
            19 => (to, "fail", vec![]),
            20 => (to, "recursive_fail", vec![f(r.gen_range(1..30u64))]),
            21 => (to, "recurse", vec![f(r.gen_range(1..5000u64))]),
            22 if r.gen_bool(0.2) => (to, "recurse", vec![f(100_000_000u64)]),
            23 => {
                let depth = f(*[3u64, 47, 49, 52].choose(r).expect("a choice"));
                (to, "recursive_syscall", vec![felt_of(to), selector("recursive_syscall"), depth])
            }
            24 => (to, "test_get_block_number", vec![f(block + u64::from(r.gen_bool(0.2)))]),
            25 => {
                let time = f(1_760_000_000 + block * 30);
                (to, "test_get_block_timestamp", vec![time])
            }
            26 => {
                let sequencer = Felt::from_hex_unchecked(crate::chain::SEQUENCER_ADDRESS);
                (to, "test_get_sequencer_address", vec![sequencer])
            }
            27 => (to, "test_tx_version", vec![f(*[0u64, 1, 3].choose(r).expect("a choice"))]),
            28 => (to, "test_count_actual_storage_changes", vec![]),
            29 => (to, "advance_counter", vec![f(0u8), f(1u8), f(2u8)]),
            30 => (to, "xor_counters", vec![f(0u8), f(3u8), f(5u8)]),
            31 => (to, "call_xor_counters", vec![other, f(0u8), f(3u8), f(5u8)]),
            32 => (to, "add_signature_to_counters", vec![f(0u8)]),
            33 => (to, "test_ec_op", vec![]),
            34 => (to, "set_value", vec![slot, value]),
            35 => (to, "increase_value", vec![slot]),
            36 => (to, "recursive_add_value", vec![felt_of(to), f(r.gen_range(0..6u64))]),
            37 => (to, "test_get_caller_address", vec![other]),
            38 => (to, "test_get_contract_address", vec![felt_of(to)]),
            39 => {
                let shape = *[[2u64, 2, 3], [1, 51, 1], [1, 1, 301], [1001, 1, 1]].choose(r).expect("a choice");
                let numbers = |n: u64| array(&(0..n).map(f).collect::<Vec<_>>());
                (to, "test_emit_events", [vec![f(shape[0])], numbers(shape[1]), numbers(shape[2])].concat())
            }
            40 => (to, "test_call_contract_fail_with_attr_error_msg", vec![other, selector("fail")]),
            41 => {
                let empty = [vec![other], array(&[])].concat();
                (to, "call_execute_directly", empty)
            }
            42 => {
                let calls = [vec![other], read_write.clone(), vec![f(0xdead_u64)], read_write].concat();
                (to, "test_call_two_contracts", calls)
            }
            43 => {
                let token = felt_of(self.world.eth.address);
                (to, "test_write_and_transfer", vec![slot, value, f(0x31_u8), f(r.gen_range(0..2u8)), token])
            }
            44 => (special["c0_delegate_proxy"], "test_storage_read_write", vec![slot, value]),
            45 => (special["c0_delegate_proxy"], "no_such_function", vec![]),
            46 => (special["c0_tx_info_writer"], "write", vec![f(7u8), f(0x4321_u64)]),
            _ => (special["c0_test_contract2"], "test_storage_write", vec![slot, value]),
        };
        Call::new(to, function, calldata)
    }
}
