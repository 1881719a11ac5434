// SPDX-License-Identifier: Apache-2.0
// Runs entry points of compiled (CASM) contract classes on the reference VM, without a chain, and writes what a run must
// equal: one JSON file for each line of cases.txt, which is NAME CLASS ENTRY_POINT [gas=N] [n_steps=N] [CALLDATA…].
use anyhow::{bail, Context, Result};
use cairo_lang_starknet_classes::casm_contract_class::CasmContractClass;
use cairo_vm::cairo_run::{write_encoded_memory, write_encoded_trace};
use cairo_vm::hint_processor::cairo_1_hint_processor::hint_processor::Cairo1HintProcessor;
use cairo_vm::types::builtin_name::BuiltinName;
use cairo_vm::types::layout_name::LayoutName;
use cairo_vm::types::relocatable::MaybeRelocatable;
use cairo_vm::vm::errors::cairo_run_errors::CairoRunError;
use cairo_vm::vm::runners::cairo_runner::{CairoArg, CairoRunner, RunResources};
use cairo_vm::Felt252;
use serde_json::{json, Value};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

const RET: u64 = 0x208b7fff7fff7ffe;

struct Case {
    name: String,
    class: String,
    entry_point: usize, // among the external ones
    gas: u64,
    n_steps: Option<usize>,
    calldata: Vec<Felt252>,
}

fn number(word: &str) -> Result<Felt252> {
    Ok(if word.starts_with("0x") { Felt252::from_hex(word)? } else { Felt252::from_dec_str(word)? })
}

fn parse(line: &str) -> Result<Case> {
    let mut words = line.split_whitespace();
    let mut next = || words.next().context("NAME CLASS ENTRY_POINT");
    let (name, class, entry_point) = (next()?.to_string(), next()?.to_string(), next()?.parse()?);
    let mut case = Case { name, class, entry_point, gas: u64::MAX, n_steps: None, calldata: Vec::new() };
    for word in words {
        match word.split_once('=') {
            Some(("gas", value)) => case.gas = value.parse()?,
            Some(("n_steps", value)) => case.n_steps = Some(value.parse()?),
            Some(_) => bail!("unknown option {word}"),
            None => case.calldata.push(number(word)?),
        }
    }
    Ok(case)
}

fn run(case: &Case, data: &Path) -> Result<Value> {
    let text = std::fs::read(data.join(format!("{}.casm.json", case.class)))?;
    let class: CasmContractClass = serde_json::from_slice(&text)?;
    let entry_point = &class.entry_points_by_type.external[case.entry_point];
    let resources = case.n_steps.map(RunResources::new).unwrap_or_default();
    let mut hints = Cairo1HintProcessor::new(&class.hints, resources, false);
    let program = class.clone().try_into().map_err(|error| anyhow::anyhow!("{error}"))?;
    let mut runner = CairoRunner::new(&program, LayoutName::all_cairo, None, false, true, false)?;
    let builtins = entry_point.builtins.iter().map(|name| BuiltinName::from_str(name));
    let builtins: Vec<BuiltinName> = builtins.collect::<Option<_>>().context("a builtin")?;
    runner.initialize_function_runner_cairo_1(&builtins)?;

    let syscalls = runner.vm.add_memory_segment();
    let stack: Vec<MaybeRelocatable> = runner.vm.get_builtin_runners().iter().flat_map(|b| b.initial_stack()).collect();
    let costs = runner.vm.add_memory_segment();
    runner.vm.load_data(costs, &[0; 7].map(MaybeRelocatable::from))?;
    let length = class.bytecode.len();
    let behind = [MaybeRelocatable::from(Felt252::from(RET)), costs.into()];
    runner.vm.load_data((0, length).into(), &behind)?;
    let calldata = runner.vm.add_memory_segment();
    let values: Vec<MaybeRelocatable> = case.calldata.iter().map(|felt| (*felt).into()).collect();
    let calldata_end = runner.vm.load_data(calldata, &values)?;

    let mut arguments: Vec<CairoArg> = stack.into_iter().map(CairoArg::Single).collect();
    arguments.push(CairoArg::Single(Felt252::from(case.gas).into()));
    for pointer in [syscalls, calldata, calldata_end] {
        arguments.push(CairoArg::Single(pointer.into()));
    }
    let arguments: Vec<&CairoArg> = arguments.iter().collect();
    let offset = entry_point.offset;
    let result: Result<(), CairoRunError> =
        runner.run_from_entrypoint(offset, &arguments, true, Some(length + behind.len()), &mut hints);
    if let Err(error) = result {
        return Ok(json!({"error": error.to_string()}));
    }
    let returned = runner.vm.get_return_values(5)?;
    let start = returned[3].get_relocatable().context("start")?;
    let size = (returned[4].get_relocatable().context("end")? - start)?;
    let retdata: Vec<String> =
        runner.vm.get_integer_range(start, size)?.iter().map(|felt| felt.to_hex_string()).collect();
    let resources = runner.get_execution_resources()?;
    runner.relocate(true, true)?;
    let (mut trace, mut memory) = (Vec::new(), Vec::new());
    write_encoded_trace(runner.relocated_trace.as_ref().context("trace")?, &mut trace)?;
    write_encoded_memory(&runner.relocated_memory, &mut memory)?;
    let builtins: serde_json::Map<String, Value> =
        resources.builtin_instance_counter.iter().map(|(name, n)| (name.to_str().to_string(), json!(n))).collect();
    Ok(json!({
        "gas_left": returned[0].get_int().context("gas")?.to_hex_string(),
        "panicked": returned[2] != MaybeRelocatable::from(0),
        "retdata": retdata,
        "n_steps": resources.n_steps,
        "n_memory_holes": resources.n_memory_holes,
        "builtin_instance_counter": builtins,
        "trace_sha256": hex::encode(Sha256::digest(&trace)),
        "memory_sha256": hex::encode(Sha256::digest(&memory)),
    }))
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    if arguments.len() != 2 {
        bail!("usage: casm-runner DATA_DIRECTORY");
    }
    let data = PathBuf::from(&arguments[1]);
    std::fs::create_dir_all(data.join("goldens"))?;
    for line in std::fs::read_to_string(data.join("cases.txt"))?.lines() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let case = parse(line).with_context(|| line.to_string())?;
        let result = run(&case, &data).with_context(|| case.name.clone())?;
        let file = data.join("goldens").join(format!("{}.json", case.name));
        std::fs::write(file, serde_json::to_string_pretty(&result)? + "\n")?;
        println!("{}: {}", case.name, result);
    }
    Ok(())
}
