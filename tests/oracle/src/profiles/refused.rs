//! Transactions that are refused, and so enter no block; and proof facts, which are refused for many reasons.

use std::sync::Arc;

use anyhow::Result;
use blockifier::context::BlockContext;
use blockifier::state::state_api::StateReader;
use blockifier::transaction::transaction_execution::Transaction;
use rand::seq::SliceRandom;
use rand::Rng;
use starknet_api::core::{CompiledClassHash, ContractAddress, Nonce, OsChainInfo};
use starknet_api::state::StorageKey;
use starknet_api::transaction::fields::{Calldata, Fee};
use starknet_types_core::felt::Felt;

use super::scripts::{op, selector, Op};
use super::{array, f, felt_of, short, Generator, State, AMPLE, L1_SENDER, MAX_FEE};
use crate::chain::{casm_version, Prices};
use crate::wallet::{Account, Amounts, Extras, Payment};

impl Generator<'_> {
    pub(super) fn refused(
        &mut self,
        state: &mut State,
        context: &BlockContext,
        prices: &Prices,
    ) -> Result<Transaction> {
        let account = self.script_account();
        let nonce = self.nonce(state, &account)?;
        let ample = self.payment(prices, &account, AMPLE);
        let old = self.old_versions;
        let stranger = account.at(ContractAddress::from(0xdead_u128));
        match self.rng.gen_range(0..24) {
            0 => self.invoke_script_paying(Nonce(nonce.0 + f(3u8)), &account, &[], &[], ample),
            1 => self.invoke_script_paying(Nonce(Felt::ZERO), &account, &[], &[], ample),
            2 if old => self.invoke_script_paying(nonce, &account, &[], &[], Payment::MaxFee(Fee(1))),
            3 if old => self.invoke_script_paying(nonce, &account, &[], &[], Payment::MaxFee(Fee(u128::MAX))),
            4 => {
                let cheap = prices.scaled(1, 4);
                let payment = self.builder.bounds(AMPLE, &cheap, 0);
                self.invoke_script_paying(nonce, &account, &[], &[], payment)
            }
            5 => {
                let amounts = Amounts { l1_gas: 5, l1_data_gas: 1, l2_gas: 10_000 };
                let payment = self.builder.bounds(amounts, prices, 0);
                self.invoke_script_paying(nonce, &account, &[], &[], payment)
            }
            6 => {
                let rich = prices.scaled(1_000_000_000, 1);
                let amounts = Amounts { l1_gas: u64::MAX, l1_data_gas: u64::MAX, l2_gas: u64::MAX };
                let payment = self.builder.bounds(amounts, &rich, 0);
                self.invoke_script_paying(nonce, &account, &[], &[], payment)
            }
            7 => {
                let payment = self.builder.l1_bounds(3, prices);
                self.invoke_script_paying(nonce, &account, &[], &[], payment)
            }
            8 => {
                // Nobody is there, and nobody has paid for him: fees off, the call fails.
                let free = if old { Payment::MaxFee(Fee(0)) } else { self.builder.free_bounds() };
                self.invoke_script_paying(Nonce::default(), &stranger, &[], &[], free)
            }
            9 => self.invoke_script_paying(Nonce::default(), &stranger, &[], &[], ample),
            10..=15 => {
                let script = self.forbidden_script();
                let script = if self.has(&script) { script } else { op(Op::Return, &[f(5u8)]) };
                self.invoke_script_paying(nonce, &account, &script, &[], ample)
            }
            16 => {
                // A signature of another key.
                let signer = self.account();
                let forged = signer.at(self.world.accounts[1].address);
                self.builder.invoke(&forged, self.nonce(state, &forged)?, &[], ample)
            }
            17 => self.faulty(state, ample),
            18 => {
                let account = self.account();
                let class = self.library.get("cl_proxy")?;
                let wrong = Some(CompiledClassHash(f(0xbad_u64)));
                let payment = self.payment(prices, &account, AMPLE);
                self.builder.declare(&account, self.nonce(state, &account)?, class, wrong, payment)
            }
            19 => {
                let account = self.world.script_accounts[1].clone();
                let class = self.library.get("syscalls")?;
                let hash = class.casm_hash(casm_version(self.builder.version));
                self.builder.declare(&account, self.nonce(state, &account)?, class, hash, ample)
            }
            20 => {
                // The address is taken.
                let taken = self.world.script_accounts[0].clone();
                self.builder.deploy_account(&taken, ample)
            }
            21 => {
                self.l1_nonce += 1;
                let to = self.world.scripts[0];
                self.builder.l1_handler(to, "handle", self.l1_nonce, vec![f(L1_SENDER), f(0u8)], 0)
            }
            22 if old => {
                let call = self.cairo0_full_call(context.block_info().block_number.0);
                self.builder.invoke_v0(call, MAX_FEE)
            }
            _ => self.proven(state, context, nonce, &account, ample),
        }
    }

    /// What a validation must not do, or a result that it must not have.
    fn forbidden_script(&mut self) -> Vec<Felt> {
        let to = self.script_contract();
        let own_selector = selector("run");
        match self.rng.gen_range(0..13) {
            0 => op(Op::Return, &[f(5u8)]),
            1 => op(Op::Panic, &array(&[short("not valid")])),
            2 => op(Op::CallContract, &[vec![to, own_selector], array(&array(&[])), vec![Felt::ONE]].concat()),
            3 => op(Op::GetClassHashAt, &[to]),
            4 => op(Op::GetBlockHash, &[f(1u8)]),
            5 => op(Op::GetBlockHash, &[f(1_000_000u64)]),
            6 => op(Op::MetaTx, &[vec![to, selector("__execute__")], array(&[]), array(&[]), vec![Felt::ONE]].concat()),
            7 => {
                let class = self.library.hash("syscalls").0;
                op(Op::Deploy, &[vec![class, f(0x111_u64)], array(&array(&[])), vec![Felt::ZERO]].concat())
            }
            8 => op(Op::Compute, &[f(1_000_000_000u64)]),
            9 => {
                let class = self.library.hash("syscalls_steps").0;
                let inner = op(Op::Panic, &array(&[short("below")]));
                op(Op::LibraryCall, &[vec![class, own_selector], array(&array(&inner)), vec![Felt::ZERO]].concat())
            }
            10 => op(Op::ReplaceClass, &[f(0xbad_u64)]),
            11 => op(Op::LibraryCall, &[vec![f(0xbad_u64), own_selector], array(&[]), vec![Felt::ZERO]].concat()),
            _ => vec![f(777u64)],
        }
    }

    /// A Cairo 0 account whose signature says how its validation fails.
    fn faulty(&mut self, state: &State, payment: Payment) -> Result<Transaction> {
        let scenario = self.rng.gen_range(0..9u64);
        let address = self.world.cairo0_special["c0_account_faulty"];
        let account = self.script_account().at(address);
        let to = felt_of(self.world.cairo0_special["c0_test_contract2"]);
        let calldata = [vec![to, selector("foo")], array(&[])].concat();
        let extras = Extras { signature: Some(vec![f(scenario), to]), ..Extras::default() };
        let nonce = self.nonce(state, &account)?;
        self.builder.invoke_raw(&account, nonce, Calldata(Arc::new(calldata)), payment, extras)
    }

    /// Proof facts as they must be, or with one field wrong.
    fn proven(
        &mut self,
        state: &mut State,
        context: &BlockContext,
        nonce: Nonce,
        account: &Account,
        payment: Payment,
    ) -> Result<Transaction> {
        let block = context.block_info().block_number.0;
        let number = block.saturating_sub(10);
        let table = ContractAddress::from(1_u128);
        let hash = state.get_storage_at(table, StorageKey::from(number))?;
        let constants = &context.versioned_constants().os_constants;
        let version = constants.allowed_proof_versions.choose(&mut self.rng).copied();
        let program = constants.allowed_virtual_os_program_hashes.choose(&mut self.rng).copied();
        let config = OsChainInfo::from(context.chain_info())
            .compute_virtual_os_config_hash(context.block_info().starknet_version)?;
        let mut facts = vec![
            version.unwrap_or(short("PROOF0")),
            short("VIRTUAL_SNOS"),
            program.unwrap_or(f(1u8)),
            short("VIRTUAL_SNOS0"),
            f(number),
            hash,
            config,
            f(5u8),
        ];
        match self.rng.gen_range(0..14) {
            0 => facts.truncate(1),
            1 => facts.truncate(6),
            2 => facts[4] = f(block),
            3 => facts[5] = Felt::ZERO,
            index @ 4..=7 => facts[[0, 2, 5, 6][index - 4]] += Felt::ONE,
            8 => facts[1] = short("SNOS"),
            9 => facts[3] = short("SNOS"),
            10 => facts[4] = -Felt::ONE,
            _ => {}
        }
        let calldata = Calldata(Arc::new([array(&[]), array(&[f(25u8)])].concat()));
        let extras = Extras { proof_facts: facts, ..Extras::default() };
        self.builder.invoke_raw(account, nonce, calldata, payment, extras)
    }
}
