// SPDX-License-Identifier: Apache-2.0
// Runs random programs (one JSON line each, as vm_random_programs writes them) on the reference VM and writes one outcome
// line for each, to be equal to what our engine writes. The outcome's form is described in tests/vm/random/README.md.
use anyhow::{Context, Result};
use cairo_vm::hint_processor::builtin_hint_processor::builtin_hint_processor_definition::BuiltinHintProcessor;
use cairo_vm::types::layout_name::LayoutName;
use cairo_vm::types::program::Program;
use cairo_vm::vm::errors::vm_exception::VmException;
use cairo_vm::vm::runners::cairo_runner::{CairoArg, CairoRunner, ResourceTracker, RunResources};
use cairo_vm::vm::security::verify_secure_runner;
use serde_json::{json, Value};
use std::collections::HashMap;

#[path = "../outcome.rs"]
mod outcome;
use outcome::{machine, prepare, value};

const PRIME: &str = "0x800000000000011000000000000000000000000000000000000000000000001";

fn program(run: &Value) -> Result<Program> {
    let mut identifiers = run["constants"].as_object().context("constants")?.clone();
    identifiers.insert("__main__.main".into(), json!({"pc": run["main"], "type": "function"}));
    let document = json!({
        "prime": PRIME,
        "builtins": run["builtins"],
        "data": run["data"],
        "hints": run["hints"],
        "identifiers": identifiers,
        "reference_manager": {"references": run["references"]},
        "attributes": run["attributes"],
    });
    Ok(Program::from_bytes(&serde_json::to_vec(&document)?, Some("main"))?)
}

// The stage that the run ended in, and its error.
fn execute(runner: &mut CairoRunner, run: &Value, hints: &mut BuiltinHintProcessor) -> (&'static str, String) {
    macro_rules! stage {
        ($name:expr, $result:expr) => {
            match $result {
                Ok(value) => value,
                Err(error) => return ($name, error.to_string()),
            }
        };
    }
    if run["flow"] == "function" {
        stage!("initialize", runner.initialize_program_builtins());
        runner.initialize_segments(None);
        stage!("prepare", prepare(runner, run));
        let arguments: Vec<CairoArg> =
            run["arguments"].as_array().unwrap().iter().map(|v| CairoArg::Single(value(v).unwrap())).collect();
        let arguments: Vec<&CairoArg> = arguments.iter().collect();
        let main = run["main"].as_u64().unwrap() as usize;
        // The same steps as run_from_entrypoint, which does not say where it failed.
        stage!("run", runner.run_from_entrypoint(main, &arguments, false, None, hints));
        stage!("secure", verify_secure_runner(runner, false, None));
        return ("ok", String::new());
    }
    let end = stage!("initialize", runner.initialize(false));
    stage!("prepare", prepare(runner, run));
    let result = runner.run_until_pc(end, hints);
    stage!("run", result.map_err(|error| VmException::from_vm_error(runner, error)));
    stage!("end", runner.end_run(false, false, hints, false));
    stage!("return", runner.read_return_values(false));
    stage!("secure", verify_secure_runner(runner, true, None));
    stage!("relocate", runner.relocate(true, true));
    ("ok", String::new())
}

fn run(line: &str) -> Result<(String, String, String)> {
    let run: Value = serde_json::from_str(line)?;
    let program = match program(&run) {
        Ok(program) => program,
        Err(error) => return Ok(("load".into(), error.to_string(), String::new())),
    };
    let mut runner = CairoRunner::new(&program, LayoutName::all_cairo, None, false, true, false)?;
    let resources = RunResources::new(run["steps"].as_u64().context("steps")? as usize);
    let mut hints = BuiltinHintProcessor::new(HashMap::new(), resources);
    let (stage, error) = execute(&mut runner, &run, &mut hints);
    let left = hints.get_n_steps().context("steps left")?;
    let machine = machine(&runner, stage, left)?;
    let mut output = String::new();
    if stage == "ok" && run["flow"] != "function" {
        runner.vm.write_output(&mut output)?;
    }
    Ok((stage.into(), error, machine + &output))
}

fn main() -> Result<()> {
    outcome::run_lines(run)
}
