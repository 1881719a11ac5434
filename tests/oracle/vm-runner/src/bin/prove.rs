// SPDX-License-Identifier: Apache-2.0
// One run in proof mode with all files a prover needs, as the reference's command line makes them (its buffers and its
// allocator included), for bench/compare_proof.py. usage: prove PROGRAM.json LAYOUT DIRECTORY
use anyhow::{bail, Context, Result};
use cairo_vm::cairo_run::{cairo_run, write_encoded_memory, write_encoded_trace, CairoRunConfig};
use cairo_vm::hint_processor::builtin_hint_processor::builtin_hint_processor_definition::BuiltinHintProcessor;
use serde_json::json;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    if arguments.len() != 4 {
        bail!("usage: prove PROGRAM.json LAYOUT DIRECTORY");
    }
    let directory = Path::new(&arguments[3]);
    let config = CairoRunConfig {
        trace_enabled: true,
        relocate_mem: true,
        layout: serde_json::from_value(json!(arguments[2]))?,
        proof_mode: true,
        fill_holes: true,
        ..Default::default()
    };
    let program = std::fs::read(&arguments[1])?;
    let runner = cairo_run(&program, &config, &mut BuiltinHintProcessor::new_empty())?;
    let mut trace = BufWriter::with_capacity(3 << 20, File::create(directory.join("trace"))?);
    write_encoded_trace(runner.relocated_trace.as_ref().context("trace")?, &mut trace)?;
    trace.flush()?;
    let mut memory = BufWriter::with_capacity(5 << 20, File::create(directory.join("memory"))?);
    write_encoded_memory(&runner.relocated_memory, &mut memory)?;
    memory.flush()?;
    std::fs::write(directory.join("public.json"), runner.get_air_public_input()?.serialize_json()?)?;
    let private = runner.get_air_private_input().to_serializable("trace".into(), "memory".into()).serialize_json()?;
    std::fs::write(directory.join("private.json"), private)?;
    Ok(())
}
