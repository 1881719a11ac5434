//! Random scripts for contracts/src/syscalls.cairo.

use rand::seq::SliceRandom;
use rand::Rng;
use starknet_api::abi::abi_utils::selector_from_name;
use starknet_api::block::StarknetVersion;
use starknet_types_core::felt::Felt;

use super::{array, f, felt_of, short, Generator};

/// The operations, as the contract numbers them.
#[derive(Clone, Copy)]
pub enum Op {
    Return,
    StorageRead,
    StorageWrite,
    EmitEvent,
    SendMessage,
    CallContract,
    LibraryCall,
    Deploy,
    ReplaceClass,
    GetClassHashAt,
    GetBlockHash,
    ExecutionInfo,
    Keccak,
    Sha256,
    Sha512,
    Secp256k1,
    Secp256r1,
    MetaTx,
    Panic,
    Compute,
    WriteMany,
    EmitMany,
    StorageReadDomain1,
    StorageWriteDomain1,
    Builtins,
    ExecutionInfoV3,
    Blake,
}

pub fn op(op: Op, arguments: &[Felt]) -> Vec<Felt> {
    let mut out = vec![f(op as u64)];
    out.extend(arguments);
    out
}

pub fn selector(name: &str) -> Felt {
    selector_from_name(name).0
}

const SECP256K1_G: [&str; 4] = [
    "0x29bfcdb2dce28d959f2815b16f81798",
    "0x79be667ef9dcbbac55a06295ce870b07",
    "0xfd17b448a68554199c47d08ffb10d4b8",
    "0x483ada7726a3c4655da4fbfc0e1108a8",
];
const SECP256R1_G: [&str; 4] = [
    "0x77037d812deb33a0f4a13945d898c296",
    "0x6b17d1f2e12c4247f8bce6e563a440f2",
    "0x2bce33576b315ececbb6406837bf51f5",
    "0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e16",
];

impl Generator<'_> {
    fn word(&mut self) -> Felt {
        f(self.rng.gen::<u128>())
    }

    fn slot(&mut self) -> Felt {
        f(self.rng.gen_range(0x500..0x540u64))
    }

    fn values(&mut self, max: usize) -> Vec<Felt> {
        let n = self.rng.gen_range(0..=max);
        let list: Vec<Felt> = (0..n).map(|_| self.word()).collect();
        array(&list)
    }

    pub fn script_contract(&mut self) -> Felt {
        felt_of(*self.world.scripts.choose(&mut self.rng).expect("script contracts"))
    }

    fn script_class(&mut self) -> Felt {
        let name = if self.rng.gen() { "syscalls" } else { "syscalls_steps" };
        self.library.hash(name).0
    }

    /// A few operations; calls nest `depth` deep.
    pub fn script(&mut self, depth: usize, block: u64) -> Vec<Felt> {
        let n = self.rng.gen_range(1..4);
        (0..n).flat_map(|_| self.operation(depth, block)).collect()
    }

    /// System calls that a version has no cost for end blockifier.
    pub fn has(&self, operation: &[Felt]) -> bool {
        let version = self.builder.version;
        let is = |op: Op| operation.first() == Some(&f(op as u64));
        let costs_nothing = (version < StarknetVersion::V0_13_4
            && (is(Op::GetClassHashAt) || is(Op::MetaTx) || is(Op::Sha512)))
            || (version < StarknetVersion::V0_13_2 && is(Op::Sha256));
        !costs_nothing
    }

    fn operation(&mut self, depth: usize, block: u64) -> Vec<Felt> {
        let operation = self.any_operation(depth, block);
        if self.has(&operation) { operation } else { op(Op::StorageRead, &[self.slot()]) }
    }

    fn any_operation(&mut self, depth: usize, block: u64) -> Vec<Felt> {
        match self.rng.gen_range(0..100) {
            0..=34 if depth > 0 => self.call_operation(depth, block),
            0..=6 => op(Op::StorageRead, &[self.slot()]),
            7..=17 => {
                let value = if self.rng.gen_bool(0.3) { Felt::ZERO } else { self.word() };
                op(Op::StorageWrite, &[self.slot(), value])
            }
            18..=23 => op(Op::EmitEvent, &[self.values(3), self.values(4)].concat()),
            24..=28 => {
                let to = if self.rng.gen_bool(0.05) { f(u128::MAX) * f(u64::MAX) } else { self.word() };
                op(Op::SendMessage, &[vec![to], self.values(4)].concat())
            }
            29..=34 => op(Op::WriteMany, &[f(self.rng.gen_range(1..12u64)), self.slot(), f(7u8)]),
            35..=41 => self.deploy_operation(depth, block),
            42..=43 => {
                let class = match self.rng.gen_range(0..5) {
                    0 => f(0xbad_u64),
                    1 => self.library.hash("c0_test_contract").0,
                    _ => self.script_class(),
                };
                op(Op::ReplaceClass, &[class])
            }
            44..=46 => {
                let address = if self.rng.gen_bool(0.3) { f(0xdead_u64) } else { self.script_contract() };
                op(Op::GetClassHashAt, &[address])
            }
            47..=49 => {
                let number = if self.rng.gen_bool(0.3) { block + 3 } else { block.saturating_sub(11) };
                op(Op::GetBlockHash, &[f(number)])
            }
            50..=53 => op(Op::ExecutionInfo, &[]),
            54..=58 => {
                let words = *[0u64, 16, 17, 34, 51, 5].choose(&mut self.rng).expect("a choice");
                op(Op::Keccak, &[f(words)])
            }
            59..=62 => op(Op::Sha256, &[f(self.rng.gen_range(0..40u64))]),
            63..=65 => op(Op::Sha512, &[f(self.rng.gen_range(0..40u64))]),
            66..=69 => self.secp_operation(Op::Secp256k1, SECP256K1_G),
            70..=73 => self.secp_operation(Op::Secp256r1, SECP256R1_G),
            74..=79 => op(Op::Compute, &[f(self.rng.gen_range(0..60u64))]),
            80..=83 => op(Op::Builtins, &[f(self.rng.gen_range(0..30u64))]),
            84..=86 => op(Op::ExecutionInfoV3, &[]),
            87 => op(Op::StorageReadDomain1, &[self.slot()]),
            88 => op(Op::StorageWriteDomain1, &[self.slot(), f(1u8)]),
            89 => {
                // Over one of the limits on events, or just at it.
                let shape = *[[3u64, 51, 1], [2, 1, 301], [2, 50, 300], [1001, 1, 1]]
                    .choose(&mut self.rng)
                    .expect("a choice");
                op(Op::EmitMany, &shape.map(|n| f(n)))
            }
            90..=92 => op(Op::Panic, &self.values(3)),
            // Without end: rarely, since it takes its time.
            93 if self.rng.gen_bool(0.1) => op(Op::Compute, &[f(1_000_000_000u64)]),
            94 => vec![f(777u64)],
            96 => op(Op::Blake, &[f(self.rng.gen_range(0..20u64))]),
            95 => op(Op::WriteMany, &[f(3u8), -Felt::ONE, f(7u8)]),
            _ => op(Op::Return, &[self.word()]),
        }
    }

    fn secp_operation(&mut self, operation: Op, generator: [&str; 4]) -> Vec<Felt> {
        let [x_low, x_high, y_low, y_high] = generator.map(Felt::from_hex_unchecked);
        let mut arguments = match self.rng.gen_range(0..6) {
            // Infinity, no point, a coordinate that is no element of the field, and no u128.
            0 => vec![Felt::ZERO; 4],
            1 => vec![x_low, x_high, y_low + Felt::ONE, y_high],
            2 => vec![f(u128::MAX), f(u128::MAX), y_low, y_high],
            _ => vec![x_low, x_high, y_low, y_high],
        };
        match self.rng.gen_range(0..5) {
            0 => arguments.extend([f(u128::MAX), f(u128::MAX)]),
            1 => arguments.extend([x_low, x_high]),
            _ => arguments.extend([f(self.rng.gen_range(0..20u64)), Felt::ZERO]),
        }
        arguments.push(f(u8::from(self.rng.gen::<bool>())));
        let scalar = match self.rng.gen_range(0..4) {
            0 => [Felt::ZERO, Felt::ZERO],
            1 => [f(self.rng.gen_range(1..9u64)), Felt::ZERO],
            _ => [self.word(), self.word()],
        };
        arguments.extend(scalar);
        op(operation, &arguments)
    }

    fn deploy_operation(&mut self, depth: usize, block: u64) -> Vec<Felt> {
        self.salt += 1;
        let mut salt = f(self.salt);
        let (class, calldata) = match self.rng.gen_range(0..9) {
            0 => (f(0xbad_u64), vec![]),
            1 => (self.library.hash("c0_test_contract").0, vec![f(5u8), f(6u8)]),
            // The constructor's calldata is missing, or there is no constructor.
            2 => (self.script_class(), vec![]),
            3 => (self.library.hash("c0_test_contract2").0, vec![]),
            4 => (self.library.hash("c0_test_contract2").0, vec![f(1u8)]),
            5 => {
                // At the same place as before, if the deployer is the same.
                salt = Felt::ZERO;
                (self.script_class(), array(&[]))
            }
            _ => {
                let script = self.script(depth.saturating_sub(1), block);
                (self.script_class(), array(&script))
            }
        };
        let mut arguments = vec![class, salt];
        arguments.extend(array(&calldata));
        arguments.push(f(u8::from(self.rng.gen_bool(0.3))));
        op(Op::Deploy, &arguments)
    }

    /// A call into something, whose failure is caught or passed on.
    fn call_operation(&mut self, depth: usize, block: u64) -> Vec<Felt> {
        let catch = f(u8::from(self.rng.gen_bool(0.6)));
        let nested = |this: &mut Self| {
            let script = this.script(depth - 1, block);
            array(&array(&script))
        };
        let (operation, mut arguments) = match self.rng.gen_range(0..32) {
            0..=11 => {
                let data = nested(self);
                (Op::CallContract, [vec![self.script_contract(), selector("run")], data].concat())
            }
            12..=16 => {
                let data = nested(self);
                (Op::LibraryCall, [vec![self.script_class(), selector("run")], data].concat())
            }
            17..=19 => {
                // Through Cairo 0 and back.
                let data = nested(self);
                let inner = [vec![self.script_contract(), selector("run")], data].concat();
                let to = felt_of(self.cairo0_contract());
                (Op::CallContract, [vec![to, selector("test_call_contract")], array(&inner)].concat())
            }
            20..=22 => {
                let call = self.cairo0_full_call(block);
                let to = felt_of(call.to);
                (Op::CallContract, [vec![to, call.selector], array(&call.calldata)].concat())
            }
            23 => (Op::CallContract, [vec![f(0xdead_u64), selector("run")], array(&[])].concat()),
            24 => {
                let to = self.script_contract();
                (Op::CallContract, [vec![to, selector("no_such_function")], array(&[])].concat())
            }
            25 => {
                let arguments = array(&[Felt::ZERO, Felt::ZERO]);
                let to = self.script_contract();
                (Op::CallContract, [vec![to, selector("__execute__")], arguments].concat())
            }
            26 => {
                // Calldata that cannot be read.
                let to = self.script_contract();
                (Op::CallContract, [vec![to, selector("run")], array(&[f(9u8)])].concat())
            }
            27 => {
                let class = if self.rng.gen() { f(0xbad_u64) } else { self.library.hash("c0_test_contract").0 };
                let data = array(&[f(0x400_u64), f(8u8)]);
                (Op::LibraryCall, [vec![class, selector("test_storage_read_write")], data].concat())
            }
            28 => {
                // A token's panic, or a transfer.
                let token = felt_of(self.world.eth.address);
                let amount = if self.rng.gen() { f(u64::MAX) } else { f(0u8) };
                let data = array(&[f(0x999_u64), amount, Felt::ZERO]);
                (Op::CallContract, [vec![token, selector("transfer")], data].concat())
            }
            _ => {
                let name = if self.rng.gen_bool(0.2) { "run" } else { "__execute__" };
                let script = self.script(depth - 1, block);
                let data = [array(&[]), array(&script)].concat();
                let to = match self.rng.gen_range(0..4) {
                    0 => self.world.cairo0_special["c0_account_with_dummy_validate"],
                    1 => self.world.accounts[0].address,
                    _ => *self.world.scripts.choose(&mut self.rng).expect("script contracts"),
                };
                let signature = array(&[short("signature")]);
                (Op::MetaTx, [vec![felt_of(to), selector(name)], array(&data), signature].concat())
            }
        };
        arguments.push(catch);
        op(operation, &arguments)
    }

    /// Calls itself until the limit of nested calls, nearly or beyond.
    pub fn deep_script(&mut self) -> Vec<Felt> {
        let depth = self.rng.gen_range(44..54);
        let mut script = op(Op::StorageWrite, &[self.slot(), f(1u8)]);
        for _ in 0..depth {
            let to = self.script_contract();
            let mut arguments = vec![to, selector("run")];
            arguments.extend(array(&array(&script)));
            arguments.push(Felt::ONE);
            script = op(Op::CallContract, &arguments);
        }
        script
    }
}
