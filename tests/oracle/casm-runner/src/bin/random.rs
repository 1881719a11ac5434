// SPDX-License-Identifier: Apache-2.0
// Runs random CASM programs with Cairo 1 hints (one JSON line each, as vm_random_programs writes them) on the reference VM
// with its processor of those hints, and writes one outcome line for each.
use anyhow::{Context, Result};
use cairo_lang_casm::hints::Hint;
use cairo_vm::hint_processor::cairo_1_hint_processor::hint_processor::Cairo1HintProcessor;
use cairo_vm::serde::deserialize_program::{ApTracking, FlowTrackingData, HintParams, ReferenceManager};
use cairo_vm::types::builtin_name::BuiltinName;
use cairo_vm::types::layout_name::LayoutName;
use cairo_vm::types::program::Program;
use cairo_vm::types::relocatable::MaybeRelocatable;
use cairo_vm::vm::runners::cairo_runner::{CairoArg, CairoRunner, ResourceTracker, RunResources};
use cairo_vm::vm::security::verify_secure_runner;
use cairo_vm::Felt252;
use serde_json::Value;
use std::collections::HashMap;

#[path = "../../../vm-runner/src/outcome.rs"]
mod outcome;
use outcome::{machine, prepare, value};

// As the crate makes a program of a CASM class: a hint's code is its pc.
fn program(run: &Value, hints: &[(usize, Vec<Hint>)]) -> Result<Program> {
    let data = run["data"].as_array().context("data")?;
    let data = data.iter().map(|word| Ok(Felt252::from_hex(word.as_str().context("word")?)?.into()));
    let placeholders = hints.iter().map(|(pc, _)| {
        let flow_tracking_data = FlowTrackingData { ap_tracking: ApTracking::default(), reference_ids: HashMap::new() };
        (*pc, vec![HintParams { code: pc.to_string(), accessible_scopes: Vec::new(), flow_tracking_data }])
    });
    Ok(Program::new(
        Vec::new(),
        data.collect::<Result<Vec<MaybeRelocatable>>>()?,
        None,
        placeholders.collect(),
        ReferenceManager { references: Vec::new() },
        HashMap::new(),
        Vec::new(),
        None,
    )?)
}

fn execute(runner: &mut CairoRunner, run: &Value, hints: &mut Cairo1HintProcessor) -> Result<(&'static str, String)> {
    let names = run["builtins"].as_array().context("builtins")?;
    let names = names.iter().map(|name| BuiltinName::from_str(name.as_str()?));
    let builtins: Vec<BuiltinName> = names.collect::<Option<_>>().context("a builtin")?;
    if let Err(error) = runner.initialize_function_runner_cairo_1(&builtins) {
        return Ok(("initialize", error.to_string()));
    }
    if let Err(error) = prepare(runner, run) {
        return Ok(("prepare", error));
    }
    let arguments = run["arguments"].as_array().context("arguments")?;
    let arguments: Vec<CairoArg> = arguments.iter().map(|v| Ok(CairoArg::Single(value(v)?))).collect::<Result<_>>()?;
    let arguments: Vec<&CairoArg> = arguments.iter().collect();
    let main = run["main"].as_u64().context("main")? as usize;
    if let Err(error) = runner.run_from_entrypoint(main, &arguments, false, None, hints) {
        return Ok(("run", error.to_string()));
    }
    if let Err(error) = verify_secure_runner(runner, false, None) {
        return Ok(("secure", error.to_string()));
    }
    Ok(("ok", String::new()))
}

fn run(line: &str) -> Result<(String, String, String)> {
    let run: Value = serde_json::from_str(line)?;
    let hints: Vec<(usize, Vec<Hint>)> = serde_json::from_value(run["casm_hints"].clone())?;
    let program = program(&run, &hints)?;
    let mut runner = CairoRunner::new(&program, LayoutName::all_cairo, None, false, true, false)?;
    let resources = RunResources::new(run["steps"].as_u64().context("steps")? as usize);
    let mut processor = Cairo1HintProcessor::new(&hints, resources, false);
    let (stage, error) = execute(&mut runner, &run, &mut processor)?;
    let left = processor.get_n_steps().context("steps left")?;
    let machine = machine(&runner, stage, left)?;
    Ok((stage.into(), error, machine))
}

fn main() -> Result<()> {
    outcome::run_lines(run)
}
