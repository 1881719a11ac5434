// SPDX-License-Identifier: Apache-2.0
// Runs compiled Cairo 0 programs on the reference VM and writes what a run must equal: one JSON file for each case.
use anyhow::{bail, Context, Result};
use cairo_vm::cairo_run::{cairo_run_program, write_encoded_memory, write_encoded_trace, CairoRunConfig};
use cairo_vm::hint_processor::builtin_hint_processor::builtin_hint_processor_definition::BuiltinHintProcessor;
use cairo_vm::types::layout::CairoLayoutParams;
use cairo_vm::types::layout_name::LayoutName;
use cairo_vm::types::program::Program;
use cairo_vm::vm::runners::cairo_runner::RunResources;
use serde_json::{json, Value};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

fn layout(name: &str) -> Result<LayoutName> {
    Ok(match name {
        "plain" => LayoutName::plain,
        "small" => LayoutName::small,
        "dex" => LayoutName::dex,
        "recursive" => LayoutName::recursive,
        "starknet" => LayoutName::starknet,
        "starknet_with_keccak" => LayoutName::starknet_with_keccak,
        "recursive_large_output" => LayoutName::recursive_large_output,
        "recursive_with_poseidon" => LayoutName::recursive_with_poseidon,
        "all_solidity" => LayoutName::all_solidity,
        "all_cairo" => LayoutName::all_cairo,
        "all_cairo_stwo" => LayoutName::all_cairo_stwo,
        "stwo_no_ecop" => LayoutName::stwo_no_ecop,
        "perpetual" => LayoutName::perpetual,
        "dex_with_bitwise" => LayoutName::dex_with_bitwise,
        "dynamic" => LayoutName::dynamic,
        _ => bail!("unknown layout {name}"),
    })
}

// One line of the case list: PROGRAM LAYOUT [key=value ...].
struct Case {
    name: String,
    program: String,
    layout: String,
    options: HashMap<String, String>,
}

fn parse(line: &str) -> Result<Case> {
    let mut words = line.split_whitespace();
    let program = words.next().context("program")?.to_string();
    let layout = words.next().context("layout")?.to_string();
    let mut options = HashMap::new();
    for word in words {
        let (key, value) = word.split_once('=').context("key=value")?;
        options.insert(key.to_string(), value.to_string());
    }
    let name = options.get("as").cloned().unwrap_or_else(|| program.clone());
    Ok(Case { name, program, layout, options })
}

fn run(case: &Case, data: &Path) -> Result<Value> {
    let flag = |name: &str| case.options.get(name).map(|value| value == "true");
    let entrypoint = case.options.get("entrypoint").cloned().unwrap_or("main".to_string());
    let dynamic_layout_params = match case.options.get("params") {
        Some(file) => Some(CairoLayoutParams::from_file(&data.join(file))?),
        None => None,
    };
    let proof_mode = flag("proof_mode").unwrap_or(false);
    let config = CairoRunConfig {
        entrypoint: &entrypoint,
        trace_enabled: true,
        relocate_mem: true,
        layout: layout(&case.layout)?,
        dynamic_layout_params,
        proof_mode,
        fill_holes: flag("fill_holes").unwrap_or(proof_mode),
        secure_run: flag("secure_run"),
        allow_missing_builtins: flag("allow_missing_builtins"),
        ..Default::default()
    };
    let failed = |error: String, debug: String| json!({"error": error, "debug": debug});
    let program = match Program::from_file(&data.join(format!("{}.json", case.program)), Some(&entrypoint)) {
        Ok(program) => program,
        Err(error) => return Ok(failed(error.to_string(), format!("{error:?}"))),
    };
    let resources = match case.options.get("n_steps") {
        Some(n) => RunResources::new(n.parse()?),
        None => RunResources::default(),
    };
    let mut hints = BuiltinHintProcessor::new(HashMap::new(), resources);
    let mut runner = match cairo_run_program(&program, &config, &mut hints) {
        Ok(runner) => runner,
        Err(error) => return Ok(failed(error.to_string(), format!("{error:?}"))),
    };
    let mut output = String::new();
    runner.vm.write_output(&mut output)?;
    let (mut trace, mut memory) = (Vec::new(), Vec::new());
    write_encoded_trace(runner.relocated_trace.as_ref().context("trace")?, &mut trace)?;
    write_encoded_memory(&runner.relocated_memory, &mut memory)?;
    let resources = runner.get_execution_resources()?;
    let builtins: serde_json::Map<String, Value> = resources
        .builtin_instance_counter
        .iter()
        .map(|(name, count)| (name.to_str().to_string(), json!(count)))
        .collect();
    let segments: Vec<usize> =
        (0..runner.vm.segments.num_segments()).map(|i| runner.vm.segments.get_segment_size(i).unwrap_or(0)).collect();
    Ok(json!({
        "output": output,
        "n_steps": resources.n_steps,
        "n_memory_holes": resources.n_memory_holes,
        "builtin_instance_counter": builtins,
        "segment_sizes": segments,
        "trace_bytes": trace.len(),
        "trace_sha256": hex::encode(Sha256::digest(&trace)),
        "memory_bytes": memory.len(),
        "memory_sha256": hex::encode(Sha256::digest(&memory)),
    }))
}

fn dump(case: &Case, data: &Path) -> Result<()> {
    // For a person who looks for the first difference: the files themselves.
    let program = Program::from_file(&data.join(format!("{}.json", case.program)), Some("main"))?;
    let config = CairoRunConfig {
        trace_enabled: true,
        relocate_mem: true,
        layout: layout(&case.layout)?,
        ..Default::default()
    };
    let runner = cairo_run_program(&program, &config, &mut BuiltinHintProcessor::new_empty())?;
    let (mut trace, mut memory) = (Vec::new(), Vec::new());
    write_encoded_trace(runner.relocated_trace.as_ref().context("trace")?, &mut trace)?;
    write_encoded_memory(&runner.relocated_memory, &mut memory)?;
    std::fs::write(format!("{}.trace", case.name), trace)?;
    std::fs::write(format!("{}.memory", case.name), memory)?;
    Ok(())
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    if arguments.len() < 2 {
        bail!("usage: vm-runner DATA_DIRECTORY [CASE [dump]]");
    }
    let data = PathBuf::from(&arguments[1]);
    let goldens = data.join("goldens");
    std::fs::create_dir_all(&goldens)?;
    for line in std::fs::read_to_string(data.join("cases.txt"))?.lines() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let case = parse(line).with_context(|| line.to_string())?;
        if arguments.len() > 2 && arguments[2] != case.name {
            continue;
        }
        if arguments.len() > 3 {
            dump(&case, &data)?;
            continue;
        }
        let result = run(&case, &data).with_context(|| case.name.clone())?;
        std::fs::write(goldens.join(format!("{}.json", case.name)), serde_json::to_string_pretty(&result)? + "\n")?;
        match result.get("error") {
            Some(error) => println!("{}: {}", case.name, error),
            None => println!("{}: {} steps", case.name, result["n_steps"]),
        }
    }
    Ok(())
}
