// SPDX-License-Identifier: Apache-2.0
// Cairo 1 executables: compiled from their sources, and run as the compiler's `cairo-execute` runs them, on the
// reference VM. Each line of cases.txt, NAME PROGRAM (standalone|bootloader) LAYOUT [ARGUMENTS…], gives one golden.
use anyhow::{anyhow, bail, Context, Result};
use cairo_lang_compiler::db::RootDatabase;
use cairo_lang_compiler::diagnostics::DiagnosticsReporter;
use cairo_lang_executable::compile::{compile_executable, ExecutableConfig};
use cairo_lang_executable::executable::{EntryPointKind, Executable};
use cairo_lang_executable_plugin::executable_plugin_suite;
use cairo_lang_filesystem::cfg::{Cfg, CfgSet};
use cairo_lang_filesystem::db::init_dev_corelib;
use cairo_lang_runner::{build_hints_dict, Arg, CairoHintProcessor};
use cairo_vm::cairo_run::{cairo_run_program, write_encoded_memory, write_encoded_trace, CairoRunConfig};
use cairo_vm::types::program::Program;
use cairo_vm::types::relocatable::MaybeRelocatable;
use cairo_vm::Felt252;
use serde_json::{json, Value};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn compile(source: &Path, corelib: &Path, out: &Path) -> Result<()> {
    let mut builder = RootDatabase::builder();
    builder
        .skip_auto_withdraw_gas()
        .with_cfg(CfgSet::from_iter([Cfg::kv("gas", "disabled")]))
        .with_default_plugin_suite(executable_plugin_suite());
    let mut db = builder.build()?;
    init_dev_corelib(&mut db, corelib.to_path_buf());
    let reporter = DiagnosticsReporter::stderr();
    let compiled = compile_executable(&mut db, source, None, reporter, ExecutableConfig::default())?;
    let mut executable = Executable::new(compiled.compiled_function);
    executable.debug_info = None;
    std::fs::write(out, serde_json::to_string(&executable)? + "\n")?;
    Ok(())
}

// Keys sorted, whatever order the crate's features keep.
fn canonical(text: &str) -> Result<String> {
    fn write(value: &Value, out: &mut String) {
        match value {
            Value::Array(items) => {
                out.push('[');
                for (i, item) in items.iter().enumerate() {
                    out.push_str(if i == 0 { "" } else { "," });
                    write(item, out);
                }
                out.push(']');
            }
            Value::Object(members) => {
                let sorted: BTreeMap<&String, &Value> = members.iter().collect();
                out.push('{');
                for (i, (key, item)) in sorted.into_iter().enumerate() {
                    out.push_str(if i == 0 { "" } else { "," });
                    out.push_str(&json!(key).to_string());
                    out.push(':');
                    write(item, out);
                }
                out.push('}');
            }
            other => out.push_str(&other.to_string()),
        }
    }
    let mut out = String::new();
    write(&serde_json::from_str(text)?, &mut out);
    Ok(out)
}

fn sha256(bytes: impl AsRef<[u8]>) -> String {
    hex::encode(Sha256::digest(bytes))
}

fn number(word: &str) -> Result<Felt252> {
    Ok(if word.starts_with("0x") { Felt252::from_hex(word)? } else { Felt252::from_dec_str(word)? })
}

fn run(words: &[&str], data: &Path) -> Result<Value> {
    let [_, program, kind, layout, arguments @ ..] = words else { bail!("NAME PROGRAM KIND LAYOUT") };
    let text = std::fs::read(data.join(format!("{program}.executable.json")))?;
    let executable: Executable = serde_json::from_slice(&text)?;
    let code = executable.program.bytecode.iter().map(Felt252::from).map(MaybeRelocatable::from).collect();
    let (hints, string_to_hint) = build_hints_dict(&executable.program.hints);
    let standalone = *kind == "standalone";
    let wanted = if standalone { EntryPointKind::Standalone } else { EntryPointKind::Bootloader };
    let entry = executable.entrypoints.iter().find(|entry| entry.kind == wanted).context("no such entry point")?;
    let builtins = entry.builtins.clone();
    let program = if standalone {
        // ap += n; call rel 4; jmp rel 0.
        let end = entry.offset + 4;
        Program::new_for_proof(builtins, code, entry.offset, end, hints, Default::default(), Default::default(), vec![], None)
    } else {
        Program::new(builtins, code, Some(entry.offset), hints, Default::default(), Default::default(), vec![], None)
    }?;
    let felts = arguments.iter().map(|word| Ok(Arg::Value(number(word)?))).collect::<Result<Vec<_>>>()?;
    let mut processor = CairoHintProcessor {
        runner: None,
        user_args: vec![vec![Arg::Array(felts)]],
        string_to_hint,
        starknet_state: Default::default(),
        run_resources: Default::default(),
        syscalls_used_resources: Default::default(),
        no_temporary_segments: false,
        markers: Default::default(),
        panic_traceback: Default::default(),
    };
    let config = CairoRunConfig {
        trace_enabled: true,
        relocate_mem: true,
        layout: serde_json::from_value(json!(layout))?,
        proof_mode: standalone,
        fill_holes: standalone,
        secure_run: None,
        allow_missing_builtins: Some(true),
        ..Default::default()
    };
    let mut runner = match cairo_run_program(&program, &config, &mut processor) {
        Ok(runner) => runner,
        Err(error) => return Ok(json!({"error": error.to_string()})),
    };
    let mut output = String::new();
    runner.vm.write_output(&mut output)?;
    let resources = runner.get_execution_resources()?;
    let (mut trace, mut memory) = (Vec::new(), Vec::new());
    write_encoded_trace(runner.relocated_trace.as_ref().context("trace")?, &mut trace)?;
    write_encoded_memory(&runner.relocated_memory, &mut memory)?;
    let counters: serde_json::Map<String, Value> =
        resources.builtin_instance_counter.iter().map(|(name, n)| (name.to_str().to_string(), json!(n))).collect();
    let mut golden = json!({
        "output": output,
        "n_steps": resources.n_steps,
        "n_memory_holes": resources.n_memory_holes,
        "builtin_instance_counter": counters,
        "trace_sha256": sha256(&trace),
        "memory_sha256": sha256(&memory),
    });
    if standalone {
        let private = runner.get_air_private_input().to_serializable("trace".into(), "memory".into());
        golden["air_public_input_sha256"] = json!(sha256(canonical(&runner.get_air_public_input()?.serialize_json()?)?));
        golden["air_private_input_sha256"] = json!(sha256(canonical(&private.serialize_json()?)?));
    }
    Ok(golden)
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let data = PathBuf::from(arguments.get(1).ok_or_else(|| anyhow!("usage: executable-runner DATA [CORELIB/src]"))?);
    if let Some(corelib) = arguments.get(2) {
        for entry in std::fs::read_dir(&data)? {
            let source = entry?.path();
            if source.extension().is_some_and(|extension| extension == "cairo") {
                compile(&source, Path::new(corelib), &source.with_extension("executable.json"))?;
            }
        }
    }
    std::fs::create_dir_all(data.join("goldens"))?;
    for line in std::fs::read_to_string(data.join("cases.txt"))?.lines() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        let golden = run(&words, &data).with_context(|| line.to_string())?;
        std::fs::write(data.join("goldens").join(format!("{}.json", words[0])), serde_json::to_string_pretty(&golden)? + "\n")?;
        println!("{}: {golden}", words[0]);
    }
    Ok(())
}
