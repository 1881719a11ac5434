// SPDX-License-Identifier: Apache-2.0
// Runs one compiled Cairo 0 program on the reference VM and prints what bench/program_bench.cpp prints of ours: the same
// keys, measured at the same points. usage: speed PROGRAM.json [--repeat N | --verify | --load N]
use anyhow::{bail, Context, Result};
use cairo_vm::cairo_run::{write_encoded_memory, write_encoded_trace};
use cairo_vm::hint_processor::builtin_hint_processor::builtin_hint_processor_definition::BuiltinHintProcessor;
use cairo_vm::types::layout_name::LayoutName;
use cairo_vm::types::program::Program;
use cairo_vm::types::relocatable::Relocatable;
use cairo_vm::vm::decoding::decoder::decode_instruction;
use cairo_vm::vm::errors::vm_exception::VmException;
use cairo_vm::vm::runners::cairo_runner::CairoRunner;
use cairo_vm::vm::security::verify_secure_runner;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::hint::black_box;
use std::path::Path;

fn process_ns() -> u64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &mut time) };
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}

fn usage() -> libc::rusage {
    let mut usage = unsafe { std::mem::zeroed() };
    unsafe { libc::getrusage(libc::RUSAGE_SELF, &mut usage) };
    usage
}

fn user_ns() -> u64 {
    let time = usage().ru_utime;
    time.tv_sec as u64 * 1_000_000_000 + time.tv_usec as u64 * 1000
}

fn prepare(path: &Path, trace: bool) -> Result<(CairoRunner, Relocatable)> {
    let program = Program::from_file(path, Some("main"))?;
    prepare_loaded(&program, trace)
}

fn prepare_loaded(program: &Program, trace: bool) -> Result<(CairoRunner, Relocatable)> {
    let mut runner = CairoRunner::new(program, LayoutName::all_cairo, None, false, trace, false)?;
    let end = runner.initialize(false)?;
    Ok((runner, end))
}

fn run(runner: &mut CairoRunner, end: Relocatable) -> Result<()> {
    let mut hints = BuiltinHintProcessor::new_empty();
    runner.run_until_pc(end, &mut hints).map_err(|error| VmException::from_vm_error(runner, error))?;
    runner.end_run(false, false, &mut hints, false)?;
    runner.read_return_values(false)?;
    verify_secure_runner(runner, true, None)?;
    Ok(())
}

fn verify(path: &Path) -> Result<()> {
    let (mut runner, end) = prepare(path, true)?;
    run(&mut runner, end)?;
    let mut output = String::new();
    runner.vm.write_output(&mut output)?;
    runner.relocate(true, true)?;
    let (mut trace, mut memory) = (Sha256::new(), Sha256::new());
    write_encoded_trace(runner.relocated_trace.as_ref().context("trace")?, &mut trace)?;
    write_encoded_memory(&runner.relocated_memory, &mut memory)?;
    println!(
        "{}",
        json!({
            "steps": runner.vm.get_current_step(),
            "output": output,
            "trace_sha256": hex::encode(trace.finalize()),
            "memory_sha256": hex::encode(memory.finalize()),
        })
    );
    Ok(())
}

// Process CPU time of one load (file, JSON, decoding, runner up to the first step), the mean of many. Ours resolves the
// texts of hints and decodes all instructions when it loads; this engine does the first when a run begins, and the second
// whenever it comes to a new instruction.
fn load(path: &Path, times: u64) -> Result<()> {
    let begin = process_ns();
    for _ in 0..times {
        let (runner, _) = prepare(path, false)?;
        let program = runner.get_program();
        let references = &program.shared_program_data.reference_manager;
        black_box(runner.get_hint_data(references, &mut BuiltinHintProcessor::new_empty())?);
        let mut words = program.iter_data();
        let mut instructions = Vec::with_capacity(program.data_len());
        while let Some(word) = words.next() {
            let word = word.get_int_ref().and_then(|word| u128::try_from(*word).ok());
            if let Some(Ok(instruction)) = word.map(decode_instruction) {
                if instruction.size() == 2 {
                    words.next();
                }
                instructions.push(instruction);
            }
        }
        black_box(instructions);
    }
    println!("{}", json!({"load_ns": (process_ns() - begin) / times}));
    Ok(())
}

fn measure(path: &Path, times: u64) -> Result<()> {
    let program = Program::from_file(path, Some("main"))?;
    let (mut steps, mut user, mut cpu) = (0, 0, 0);
    for _ in 0..times {
        let (user_begin, cpu_begin) = (user_ns(), process_ns());
        let (mut runner, end) = prepare_loaded(&program, false)?;
        run(&mut runner, end)?;
        user += user_ns() - user_begin;
        cpu += process_ns() - cpu_begin;
        steps += runner.vm.get_current_step();
    }
    println!(
        "{}",
        json!({"steps": steps, "user_ns": user, "cpu_ns": cpu, "peak_rss_kb": usage().ru_maxrss})
    );
    Ok(())
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        [path] => measure(Path::new(path), 1),
        [path, "--repeat", times] => measure(Path::new(path), times.parse()?),
        [path, "--load", times] => load(Path::new(path), times.parse()?),
        [path, "--verify"] => verify(Path::new(path)),
        _ => bail!("usage: speed PROGRAM.json [--repeat N | --verify | --load N]"),
    }
}
