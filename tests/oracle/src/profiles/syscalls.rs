//! The profile `syscalls`: scripts in every kind of transaction, under bounds that suffice and bounds that do not.

use std::sync::Arc;

use anyhow::Result;
use blockifier::context::BlockContext;
use blockifier::state::state_api::StateReader;
use blockifier::transaction::transaction_execution::Transaction;
use rand::seq::SliceRandom;
use rand::Rng;
use starknet_api::core::Nonce;
use starknet_api::data_availability::DataAvailabilityMode;
use starknet_api::executable_transaction::TransactionType;
use starknet_api::transaction::fields::{Calldata, Fee};
use starknet_types_core::felt::Felt;

use super::scripts::{op, selector, Op};
use super::{array, f, felt_of, Generator, State, AMPLE, DECLARABLE, DECLARABLE_CAIRO0, L1_SENDER, MAX_FEE};
use crate::chain::{casm_version, ExecutedTx, Prices};
use crate::wallet::{Account, Amounts, Call, CallLayout, Extras, Payment};

/// Finds how many steps a call takes, to give the next transaction just so many.
#[derive(Default)]
pub struct BudgetProbe {
    /// The transaction whose call is measured, and what it executes.
    waiting: Option<(Felt, Vec<Felt>)>,
    measured: Option<(u64, Vec<Felt>)>,
}

impl Generator<'_> {
    pub(super) fn syscalls(
        &mut self,
        state: &mut State,
        context: &BlockContext,
        prices: &Prices,
    ) -> Result<Transaction> {
        let block = context.block_info().block_number.0;
        if let Some((n_steps, script)) = self.budget_probe.measured.take() {
            return self.exhausting(state, context, prices, n_steps, script);
        }
        match self.rng.gen_range(0..100) {
            0..=24 => {
                let account = self.account();
                let call = self.script_call(block);
                self.invoke(state, prices, &account, &[call])
            }
            25..=48 => {
                let account = self.script_account();
                let validate = if self.rng.gen_bool(0.2) { vec![f(25u8)] } else { vec![] };
                let validate = if validate.is_empty() { validate } else { op(Op::StorageWrite, &[f(0x66_u8), f(block)]) };
                let script = self.script(3, block);
                self.invoke_script(state, prices, &account, &validate, &script, AMPLE)
            }
            49..=55 => {
                let account = self.account();
                let call = self.cairo0_full_call(block);
                self.invoke(state, prices, &account, &[call])
            }
            56..=59 => {
                let account = self.account();
                let call = self.security_call();
                self.invoke(state, prices, &account, &[call])
            }
            60..=63 => self.any_l1_handler(block),
            64..=67 => self.any_deploy_account(prices),
            68..=70 => self.any_declare(state, prices),
            71..=78 => self.tight(state, prices, block),
            79..=81 => self.drained(state, context, prices),
            82..=83 => {
                let account = self.script_account();
                let script = self.deep_script();
                self.invoke_script(state, prices, &account, &[], &script, AMPLE)
            }
            84..=85 => self.probe(state, prices),
            86..=87 if self.old_versions => {
                let call = if self.rng.gen() { self.script_call(block) } else { self.cairo0_full_call(block) };
                let special = self.world.cairo0_special["c0_test_contract2"];
                let (call, fee) = match self.rng.gen_range(0..3) {
                    0 => (Call::new(special, "foo", vec![]), MAX_FEE),
                    _ => (call, Fee(0)),
                };
                self.builder.invoke_v0(call, fee)
            }
            88..=89 => self.special_account(state, prices, block),
            _ => self.refused(state, context, prices),
        }
    }

    pub(super) fn script_call(&mut self, block: u64) -> Call {
        let script = self.script(3, block);
        let to = *self.world.scripts.choose(&mut self.rng).expect("script contracts");
        Call::new(to, "run", array(&script))
    }

    pub(super) fn script_account(&mut self) -> Account {
        self.world.script_accounts.choose(&mut self.rng).expect("script accounts").clone()
    }

    pub(super) fn invoke_script(
        &mut self,
        state: &State,
        prices: &Prices,
        account: &Account,
        validate: &[Felt],
        execute: &[Felt],
        amounts: Amounts,
    ) -> Result<Transaction> {
        let payment = self.payment(prices, account, amounts);
        self.invoke_script_paying(self.nonce(state, account)?, account, validate, execute, payment)
    }

    pub(super) fn invoke_script_paying(
        &mut self,
        nonce: Nonce,
        account: &Account,
        validate: &[Felt],
        execute: &[Felt],
        payment: Payment,
    ) -> Result<Transaction> {
        let calldata = Calldata(Arc::new([array(validate), array(execute)].concat()));
        let mut extras = Extras::default();
        if self.rng.gen_bool(0.15) {
            extras.paymaster_data = vec![f(5u8), f(6u8)];
            extras.account_deployment_data = vec![f(7u8)];
            extras.nonce_mode = DataAvailabilityMode::L2;
            extras.fee_mode = DataAvailabilityMode::L2;
        }
        self.builder.invoke_raw(account, nonce, calldata, payment, extras)
    }

    fn any_l1_handler(&mut self, block: u64) -> Result<Transaction> {
        if self.rng.gen_bool(0.3) {
            return self.cairo0_l1_handler();
        }
        self.l1_nonce += 1;
        let script = if self.rng.gen_bool(0.03) { op(Op::Compute, &[f(1_000_000_000u64)]) } else { self.script(2, block) };
        let to = *self.world.scripts.choose(&mut self.rng).expect("script contracts");
        let special = |name| self.world.cairo0_special[name];
        let (to, function, calldata) = match self.rng.gen_range(0..9) {
            0 => (to, "no_such_handler", vec![f(L1_SENDER)]),
            1 => (special("c0_delegate_proxy"), "deposit", vec![f(L1_SENDER), f(17u8)]),
            2 => (special("c0_tx_info_writer"), "l1_write", vec![f(L1_SENDER)]),
            3 => (special("c0_test_contract2"), "test_l1_handler_storage_write", vec![f(L1_SENDER), f(5u8), f(6u8)]),
            4 => (starknet_api::core::ContractAddress::from(0xdead_u128), "handle", vec![f(L1_SENDER)]),
            _ => (to, "handle", [vec![f(L1_SENDER)], array(&script)].concat()),
        };
        self.builder.l1_handler(to, function, self.l1_nonce, calldata, 1_000_000_000_000)
    }

    fn any_deploy_account(&mut self, prices: &Prices) -> Result<Transaction> {
        if self.rng.gen_bool(0.3) && self.next_future < self.world.future_accounts.len() {
            return self.deploy_account(prices);
        }
        let account = self.world.future_script_accounts.choose(&mut self.rng).expect("future accounts").clone();
        let amounts = match self.rng.gen_range(0..4) {
            0 => Amounts { l1_gas: 3_000, l1_data_gas: 600, l2_gas: 1_500_000 },
            _ => AMPLE,
        };
        let payment = self.payment(prices, &account, amounts);
        self.builder.deploy_account(&account, payment)
    }

    fn any_declare(&mut self, state: &State, prices: &Prices) -> Result<Transaction> {
        let account = self.account();
        let cairo0 = DECLARABLE_CAIRO0.choose(&mut self.rng).expect("a class");
        match self.rng.gen_range(0..6) {
            0 if self.old_versions => self.builder.declare_v0(account.address, self.library.get(cairo0)?),
            1 if self.old_versions => {
                let (nonce, class) = (self.nonce(state, &account)?, self.library.get(cairo0)?);
                self.builder.declare(&account, nonce, class, None, Payment::MaxFee(MAX_FEE))
            }
            2 if self.next_declare < DECLARABLE.len() && self.old_versions => {
                let class = self.library.get(DECLARABLE[self.next_declare])?;
                self.next_declare += 1;
                let hash = class.casm_hash(casm_version(self.builder.version));
                let nonce = self.nonce(state, &account)?;
                self.builder.declare(&account, nonce, class, hash, Payment::MaxFee(MAX_FEE))
            }
            _ if self.next_declare < DECLARABLE.len() && account.layout == CallLayout::Cairo1 => {
                self.declare(state, prices, &account)
            }
            _ => {
                // Declared already: refused.
                let class = self.library.get("syscalls")?;
                let hash = class.casm_hash(casm_version(self.builder.version));
                let payment = self.payment(prices, &account, AMPLE);
                self.builder.declare(&account, self.nonce(state, &account)?, class, hash, payment)
            }
        }
    }

    /// Work under bounds that may not do for it.
    fn tight(&mut self, state: &State, prices: &Prices, block: u64) -> Result<Transaction> {
        let account = self.script_account();
        let script = match self.rng.gen_range(0..4) {
            0 => op(Op::SendMessage, &[vec![f(0x55_u8)], array(&[f(1u8), f(2u8)])].concat()),
            1 => op(Op::WriteMany, &[f(20u8), f(self.rng.gen::<u64>()), f(1u8)]),
            2 => op(Op::Compute, &[f(self.rng.gen_range(0..2_000u64))]),
            _ => self.script(2, block),
        };
        let r = &mut self.rng;
        let nonce = state.get_nonce_at(account.address)?;
        let payment = if self.old_versions && r.gen_bool(0.5) {
            Payment::MaxFee(Fee(prices.eth.l1_gas * r.gen_range(10..6_000)))
        } else if self.builder.version < starknet_api::block::StarknetVersion::V0_13_4 || r.gen_bool(0.3) {
            self.builder.l1_bounds(r.gen_range(10..8_000), prices)
        } else {
            let amounts = Amounts {
                l1_gas: *[0, 100, 40_000].choose(r).expect("a choice"),
                l1_data_gas: *[128, 400, 2_000, 40_000].choose(r).expect("a choice"),
                l2_gas: r.gen_range(400_000..6_000_000),
            };
            self.builder.bounds(amounts, prices, 0)
        };
        self.invoke_script_paying(nonce, &account, &[], &script, payment)
    }

    /// The account gives away what it was to pay the fee from.
    fn drained(&mut self, state: &mut State, context: &BlockContext, prices: &Prices) -> Result<Transaction> {
        let account = self.script_account();
        let payment = self.payment(prices, &account, AMPLE);
        let tokens = &context.chain_info().fee_token_addresses;
        let token = match payment {
            Payment::Bounds { .. } => tokens.strk_fee_token_address,
            Payment::MaxFee(_) => tokens.eth_fee_token_address,
        };
        let (low, high) = state.get_fee_token_balance(account.address, token)?;
        let left = f(self.rng.gen_range(0..1_000_000_000u64));
        let transfer = array(&[f(0x3333_u64), low - left, high]);
        let call = [vec![felt_of(token), selector("transfer")], transfer, vec![Felt::ZERO]].concat();
        let script = op(Op::CallContract, &call);
        self.invoke_script_paying(self.nonce(state, &account)?, &account, &[], &script, payment)
    }

    /// An account that counts gas calls a contract that counts steps.
    fn probe(&mut self, state: &State, prices: &Prices) -> Result<Transaction> {
        let account = self.world.script_accounts[0].clone();
        let to = felt_of(self.world.scripts[1]);
        let inner = op(Op::Compute, &[f(self.rng.gen_range(100..400u64))]);
        let call = [vec![to, selector("run")], array(&array(&inner)), vec![Felt::ONE]].concat();
        let mut script = op(Op::CallContract, &call);
        script.extend(op(Op::StorageWrite, &[f(0x6f_u8), f(self.rng.gen::<u32>())]));
        let payment = self.builder.bounds(AMPLE, prices, 0);
        let nonce = self.nonce(state, &account)?;
        let tx = self.invoke_script_paying(nonce, &account, &[], &script, payment)?;
        self.budget_probe.waiting = Some((Transaction::tx_hash(&tx).0, script));
        Ok(tx)
    }

    pub(super) fn learn_steps(&mut self, executed: &ExecutedTx) {
        let Some((hash, script)) = self.budget_probe.waiting.take() else { return };
        if hash != Transaction::tx_hash(&executed.tx).0 {
            return;
        }
        let Some(call) = &executed.info.execute_call_info else { return };
        if let Some(inner) = call.inner_calls.first() {
            let n_steps = inner.resources.vm_resources.n_steps as u64;
            self.budget_probe.measured = Some((n_steps, script));
        }
    }

    /// The same again, with as many steps as the inner call needs, one more, or one less.
    fn exhausting(
        &mut self,
        state: &State,
        context: &BlockContext,
        prices: &Prices,
        n_steps: u64,
        script: Vec<Felt>,
    ) -> Result<Transaction> {
        let account = self.world.script_accounts[0].clone();
        let calldata_length = script.len() + 2;
        let overhead = context
            .versioned_constants()
            .os_resources_for_tx_type(&TransactionType::InvokeFunction, calldata_length)
            .n_steps as u64;
        let steps = n_steps + overhead + self.rng.gen_range(0..3) - 1;
        let payment = self.builder.bounds(Amounts { l2_gas: steps * 100, ..AMPLE }, prices, 0);
        let nonce = self.nonce(state, &account)?;
        self.invoke_script_paying(nonce, &account, &[], &script, payment)
    }

    /// Cairo 0 accounts that look at the block, at the transaction, or at nothing.
    fn special_account(&mut self, state: &State, prices: &Prices, block: u64) -> Result<Transaction> {
        let inner = self.cairo0_full_call(block);
        let calls = [vec![felt_of(inner.to), inner.selector], array(&inner.calldata)].concat();
        let grind = [vec![felt_of(self.world.cairo0_test[0]), selector("with_arg")], array(&[f(25u8)])].concat();
        let (name, calldata) = match self.rng.gen_range(0..4) {
            0 => ("c0_block_info_test_contract", calls),
            1 => ("c0_tx_info_writer", vec![f(self.rng.gen_range(0..2u8))]),
            2 => ("c0_account_with_long_validate", grind),
            _ => ("c0_account_with_dummy_validate", calls),
        };
        let account = self.script_account().at(self.world.cairo0_special[name]);
        let payment = self.payment(prices, &account, AMPLE);
        let nonce = self.nonce(state, &account)?;
        self.builder.invoke_raw(&account, nonce, Calldata(Arc::new(calldata)), payment, Extras::default())
    }
}
