// SPDX-License-Identifier: Apache-2.0
// What a run in proof mode, and a Cairo PIE, must equal: hashes of trace, memory, AIR inputs and PIE entries from the
// reference VM, one JSON file for all cases of tests/data/cairo0/proof/cases.txt.
use anyhow::{bail, Context, Result};
use cairo_vm::cairo_run::{cairo_run_pie, cairo_run_program, write_encoded_memory, write_encoded_trace, CairoRunConfig};
use cairo_vm::hint_processor::builtin_hint_processor::builtin_hint_processor_definition::BuiltinHintProcessor;
use cairo_vm::types::layout::CairoLayoutParams;
use cairo_vm::types::layout_name::LayoutName;
use cairo_vm::types::program::Program;
use cairo_vm::types::relocatable::MaybeRelocatable;
use cairo_vm::vm::errors::cairo_run_errors::CairoRunError;
use cairo_vm::vm::errors::vm_exception::VmException;
use cairo_vm::vm::runners::cairo_pie::CairoPie;
use cairo_vm::vm::runners::cairo_runner::{CairoRunner, RunResources, RunnerMode};
use serde_json::{json, Map, Value};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

fn layout(name: &str) -> Result<LayoutName> {
    serde_json::from_value(json!(name)).with_context(|| format!("unknown layout {name}"))
}

// CASE PROGRAM LAYOUT [key=value ...]
struct Case {
    name: String,
    program: String,
    layout: String,
    options: HashMap<String, String>,
}

impl Case {
    fn parse(line: &str) -> Result<Case> {
        let mut words = line.split_whitespace().map(str::to_string);
        let mut next = |what| words.next().context(what);
        let (name, program, layout) = (next("case")?, next("program")?, next("layout")?);
        let mut options = HashMap::new();
        for word in words {
            let (key, value) = word.split_once('=').context("key=value")?;
            options.insert(key.to_string(), value.to_string());
        }
        Ok(Case { name, program, layout, options })
    }
    fn flag(&self, name: &str) -> Option<bool> {
        self.options.get(name).map(|value| value == "true")
    }
    fn mode(&self) -> &str {
        self.options.get("mode").map(String::as_str).unwrap_or("proof")
    }
}

fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

// JSON documents are compared as values: keys sorted, nothing between tokens.
fn canonical(text: &str) -> Result<String> {
    let value: Value = serde_json::from_str(text)?;
    Ok(serde_json::to_string(&value)?)
}

fn run_cairo1(program: &Program, case: &Case, params: Option<CairoLayoutParams>) -> Result<CairoRunner, CairoRunError> {
    let mut hints = BuiltinHintProcessor::new_empty();
    let padding = case.flag("trace_padding").unwrap_or(true);
    let name = layout(&case.layout).expect("layout");
    let mut runner = CairoRunner::new_v2(program, name, params, RunnerMode::ProofModeCairo1, true, !padding)?;
    let end = runner.initialize(true)?;
    runner.run_until_pc(end, &mut hints).map_err(|error| VmException::from_vm_error(&runner, error))?;
    runner.run_for_steps(1, &mut hints)?;
    runner.end_run(!padding, false, &mut hints, true)?;
    runner.finalize_segments()?;
    runner.relocate(true, true)?;
    Ok(runner)
}

fn run(case: &Case, program: &Program, data: &Path) -> Result<Result<CairoRunner, CairoRunError>> {
    let params = match case.options.get("params") {
        Some(file) => Some(CairoLayoutParams::from_file(&data.join(file))?),
        None => None,
    };
    if case.mode() == "cairo1" {
        return Ok(run_cairo1(program, case, params));
    }
    let proof_mode = case.mode() == "proof";
    let config = CairoRunConfig {
        trace_enabled: true,
        relocate_mem: true,
        layout: layout(&case.layout)?,
        dynamic_layout_params: params,
        proof_mode,
        fill_holes: case.flag("fill_holes").unwrap_or(proof_mode),
        secure_run: case.flag("secure_run"),
        allow_missing_builtins: case.flag("allow_missing_builtins"),
        disable_trace_padding: !case.flag("trace_padding").unwrap_or(true),
        ..Default::default()
    };
    Ok(cairo_run_program(program, &config, &mut BuiltinHintProcessor::new_empty()))
}

// The state that Stwo's adapter reads through the library: one byte string for each getter.
fn prover_input(runner: &CairoRunner) -> Result<Value> {
    let (mut trace, mut memory) = (Vec::new(), Vec::new());
    for entry in runner.get_relocatable_trace()? {
        for word in [entry.pc.segment_index as u64, entry.pc.offset as u64, entry.ap as u64, entry.fp as u64] {
            trace.extend(word.to_le_bytes());
        }
    }
    for segment in runner.get_relocatable_memory() {
        memory.extend((segment.len() as u64).to_le_bytes());
        for cell in segment {
            match cell {
                None => memory.push(0),
                Some(MaybeRelocatable::Int(felt)) => {
                    memory.push(1);
                    memory.extend(felt.to_bytes_le());
                }
                Some(MaybeRelocatable::RelocatableValue(address)) => {
                    memory.push(2);
                    memory.extend((address.segment_index as u64).to_le_bytes());
                    memory.extend((address.offset as u64).to_le_bytes());
                }
            }
        }
    }
    let builtins: Map<String, Value> = runner
        .get_builtin_segments()
        .iter()
        .map(|(segment, name)| (segment.to_string(), json!(name.to_str())))
        .collect();
    let public: Map<String, Value> = runner
        .vm
        .segments
        .public_memory_offsets
        .iter()
        .filter(|(_, cells)| !cells.is_empty())
        .map(|(segment, cells)| (segment.to_string(), json!(cells)))
        .collect();
    Ok(json!({
        "relocatable_trace_sha256": sha256(&trace),
        "relocatable_memory_sha256": sha256(&memory),
        "builtin_segments": builtins,
        "public_memory_offsets_sha256": sha256(serde_json::to_string(&public)?.as_bytes()),
    }))
}

// What comes of running the PIE of a file: null, or an error's text.
fn run_pie(path: &Path, case: &Case, data: &Path) -> Result<Value> {
    let pie = CairoPie::read_zip_file(path)?;
    let params = match case.options.get("params") {
        Some(file) => Some(CairoLayoutParams::from_file(&data.join(file))?),
        None => None,
    };
    let config = CairoRunConfig { layout: layout(&case.layout)?, dynamic_layout_params: params, ..Default::default() };
    let resources = RunResources::new(pie.execution_resources.n_steps);
    let mut hints = BuiltinHintProcessor::new(HashMap::new(), resources);
    Ok(match cairo_run_pie(&pie, &config, &mut hints) {
        Ok(_) => Value::Null,
        Err(error) => json!(error.to_string()),
    })
}

fn pie_entries(runner: &CairoRunner, merge: bool, keep: Option<&Path>, case: &Case, data: &Path) -> Result<Value> {
    let scratch = std::env::temp_dir().join(format!("vm-runner-{}.zip", std::process::id()));
    let pie = runner.get_cairo_pie()?;
    pie.write_zip_file(&scratch, merge)?;
    let mut archive = zip::ZipArchive::new(std::fs::File::open(&scratch)?)?;
    let mut entries = Map::new();
    for i in 0..archive.len() {
        let mut entry = archive.by_index(i)?;
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes)?;
        entries.insert(entry.name().to_string(), json!(sha256(&bytes)));
    }
    entries.insert("run".to_string(), run_pie(&scratch, case, data)?);
    if let Some(path) = keep {
        std::fs::copy(&scratch, path)?;
    }
    std::fs::remove_file(&scratch)?;
    Ok(Value::Object(entries))
}

fn golden(case: &Case, programs: &Path, data: &Path) -> Result<Value> {
    let folder = if case.mode() == "pie" { data } else { programs };
    let program = Program::from_file(&folder.join(format!("{}.json", case.program)), Some("main"))?;
    let mut runner = match run(case, &program, data)? {
        Ok(runner) => runner,
        Err(error) => return Ok(json!({"error": error.to_string()})),
    };
    if case.mode() == "pie" {
        let keep = case.flag("keep").unwrap_or(false).then(|| data.join(format!("proof/pies/{}.zip", case.name)));
        return Ok(json!({
            "n_steps": runner.get_execution_resources()?.n_steps,
            "pie": pie_entries(&runner, false, keep.as_deref(), case, data)?,
            "merged_pie": pie_entries(&runner, true, None, case, data)?,
        }));
    }
    let (mut trace, mut memory) = (Vec::new(), Vec::new());
    write_encoded_trace(runner.relocated_trace.as_ref().context("trace")?, &mut trace)?;
    write_encoded_memory(&runner.relocated_memory, &mut memory)?;
    let resources = runner.get_execution_resources()?;
    let sizes: Vec<usize> =
        (0..runner.vm.segments.num_segments()).map(|i| runner.vm.segments.get_segment_size(i).unwrap_or(0)).collect();
    let mut output = String::new();
    runner.vm.write_output(&mut output)?;
    let public = runner.get_air_public_input()?.serialize_json()?;
    let private = runner.get_air_private_input().to_serializable("trace".into(), "memory".into()).serialize_json()?;
    let mut golden = json!({
        "n_steps": resources.n_steps,
        "n_memory_holes": resources.n_memory_holes,
        "output_sha256": sha256(output.as_bytes()),
        "segment_sizes": sizes,
        "trace_sha256": sha256(&trace),
        "memory_sha256": sha256(&memory),
        "air_public_input_sha256": sha256(canonical(&public)?.as_bytes()),
        "air_private_input_sha256": sha256(canonical(&private)?.as_bytes()),
    });
    if case.flag("prover_input").unwrap_or(false) {
        golden["prover_input"] = prover_input(&runner)?;
    }
    Ok(golden)
}

fn unpack(archive: &Path) -> Result<PathBuf> {
    let folder = std::env::temp_dir().join(format!("vm-runner-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    if !Command::new("tar").arg("-xf").arg(archive).arg("-C").arg(&folder).status()?.success() {
        bail!("{} cannot be unpacked", archive.display());
    }
    Ok(folder)
}

// For a person who looks for the first difference: the files themselves.
fn dump(case: &Case, programs: &Path, data: &Path) -> Result<()> {
    let program = Program::from_file(&programs.join(format!("{}.json", case.program)), Some("main"))?;
    let runner = run(case, &program, data)??;
    let (mut trace, mut memory) = (Vec::new(), Vec::new());
    write_encoded_trace(runner.relocated_trace.as_ref().context("trace")?, &mut trace)?;
    write_encoded_memory(&runner.relocated_memory, &mut memory)?;
    std::fs::write(format!("{}.trace", case.name), trace)?;
    std::fs::write(format!("{}.memory", case.name), memory)?;
    std::fs::write(format!("{}.public.json", case.name), runner.get_air_public_input()?.serialize_json()?)?;
    let private = runner.get_air_private_input().to_serializable("trace".into(), "memory".into()).serialize_json()?;
    std::fs::write(format!("{}.private.json", case.name), private)?;
    Ok(())
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    if arguments.len() < 2 {
        bail!("usage: proof DATA_DIRECTORY [CASE (dumps its files)]");
    }
    let data = PathBuf::from(&arguments[1]);
    let programs = unpack(&data.join("proof/programs.tar.zst"))?;
    let mut goldens = String::from("{\n");
    for line in std::fs::read_to_string(data.join("proof/cases.txt"))?.lines() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let case = Case::parse(line).with_context(|| line.to_string())?;
        if arguments.len() > 2 {
            if arguments[2] == case.name {
                dump(&case, &programs, &data)?;
            }
            continue;
        }
        let result = golden(&case, &programs, &data).with_context(|| case.name.clone())?;
        match result.get("error") {
            Some(error) => println!("{}: {}", case.name, error),
            None => println!("{}: {} steps", case.name, result["n_steps"]),
        }
        let separator = if goldens.len() > 2 { ",\n" } else { "" };
        goldens += &format!("{separator}{}: {}", json!(case.name), serde_json::to_string(&result)?);
    }
    std::fs::remove_dir_all(&programs)?;
    if arguments.len() == 2 {
        std::fs::write(data.join("proof/goldens.json"), goldens + "\n}\n")?;
    }
    Ok(())
}
