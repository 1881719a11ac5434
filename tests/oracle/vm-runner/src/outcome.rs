// SPDX-License-Identifier: Apache-2.0
// What the runners of random programs share: cells and machines as text, and the walk over the lines of programs.
use anyhow::{bail, Context, Result};
use cairo_vm::cairo_run::{write_encoded_memory, write_encoded_trace};
use cairo_vm::types::relocatable::{MaybeRelocatable, Relocatable};
use cairo_vm::vm::runners::cairo_runner::CairoRunner;
use cairo_vm::Felt252;
use serde_json::Value;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, BufWriter, Write};

pub fn address(text: &str) -> Result<Relocatable> {
    let (segment, offset) = text.split_once(':').context("segment:offset")?;
    Ok(Relocatable { segment_index: segment.parse()?, offset: offset.parse()? })
}

pub fn value(value: &Value) -> Result<MaybeRelocatable> {
    let text = value.as_str().context("a string")?;
    Ok(match text.contains(':') {
        true => address(text)?.into(),
        false => Felt252::from_hex(text)?.into(),
    })
}

pub fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf29ce484222325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100000001b3))
}

fn fnv_bytes(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf29ce484222325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x100000001b3))
}

// Segments and cells beyond those that every run has.
pub fn prepare(runner: &mut CairoRunner, run: &Value) -> Result<(), String> {
    for _ in 0..run["segments"].as_u64().unwrap() {
        runner.vm.add_memory_segment();
    }
    for _ in 0..run["temporary"].as_u64().unwrap() {
        runner.vm.add_temporary_segment();
    }
    for signature in run["signatures"].as_array().unwrap() {
        let (r, s) = (value(&signature[1]).unwrap(), value(&signature[2]).unwrap());
        let pair = (r.get_int().unwrap(), s.get_int().unwrap());
        let at = address(signature[0].as_str().unwrap()).unwrap();
        runner.vm.get_signature_builtin().map_err(|e| e.to_string())?.add_signature(at, &pair).map_err(|e| e.to_string())?;
    }
    for cell in run["cells"].as_array().unwrap() {
        let at = address(cell[0].as_str().unwrap()).unwrap();
        runner.vm.insert_value(at, value(&cell[1]).unwrap()).map_err(|e| e.to_string())?;
    }
    Ok(())
}

// The machine after the run. Access marks are compared where the run did not fail: a failing instruction may leave any.
pub fn machine(runner: &CairoRunner, stage: &str, left: usize) -> Result<String> {
    let vm = &runner.vm;
    let mut text = String::new();
    if stage != "initialize" && stage != "prepare" {
        write!(text, "pc {} ap {} fp {} steps {} left {left}\n", vm.get_pc(), vm.get_ap(), vm.get_fp(), vm.get_current_step())?;
        let mut trace = String::new();
        for entry in runner.get_relocatable_trace()? {
            write!(trace, "{} {} {}\n", entry.pc, entry.ap, entry.fp)?;
        }
        write!(text, "trace {:016x}\n", fnv(&trace))?;
    }
    let marks = stage == "ok";
    for (segment, cells) in runner.get_relocatable_memory().iter().enumerate() {
        write!(text, "segment {segment} {}\n", cells.len())?;
        for (offset, cell) in cells.iter().enumerate() {
            if let Some(value) = cell {
                let at = Relocatable { segment_index: segment as isize, offset };
                let mark = if marks && vm.is_accessed(&at)? { "*" } else { "" };
                write!(text, "{offset} {value}{mark}\n")?;
            }
        }
    }
    for segment in 1..=vm.segments.num_temp_segments() {
        write!(text, "temporary {segment}\n")?;
        for offset in 0..256 {
            let at = Relocatable { segment_index: -(segment as isize), offset };
            if let Some(value) = vm.get_maybe(&at) {
                write!(text, "{offset} {value}\n")?;
            }
        }
    }
    if stage == "ok" {
        let resources = runner.get_execution_resources()?;
        write!(text, "n_steps {} n_memory_holes {}\n", resources.n_steps, resources.n_memory_holes)?;
        for (name, count) in &resources.builtin_instance_counter {
            write!(text, "{} {count}\n", name.to_str())?;
        }
    }
    if let (Some(trace), "ok") = (&runner.relocated_trace, stage) {
        let (mut traced, mut memory, mut output) = (Vec::new(), Vec::new(), String::new());
        write_encoded_trace(trace, &mut traced)?;
        write_encoded_memory(&runner.relocated_memory, &mut memory)?;
        write!(text, "files {:016x} {:016x}\n", fnv_bytes(&traced), fnv_bytes(&memory))?;
        // The writer of the output needs its own borrow of the machine.
        let mut sizes = String::new();
        for index in 0..vm.segments.num_segments() {
            write!(sizes, "{} ", vm.get_segment_used_size(index).unwrap_or(0))?;
        }
        write!(output, "sizes {sizes}\n")?;
        text.push_str(&output);
    }
    Ok(text)
}

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\n', "\\n").replace('\t', "\\t")
}

// One outcome line for each program of the file named first, into the file named second; `whole` there prints outcomes and
// machines. A run that panics in the reference has the stage `panic`.
pub fn run_lines(run: fn(&str) -> Result<(String, String, String)>) -> Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    if arguments.len() != 3 {
        bail!("usage: {} PROGRAMS OUTCOMES (or `whole`, to print the machines too)", arguments[0]);
    }
    let whole = arguments[2] == "whole";
    let out: Box<dyn Write> =
        if whole { Box::new(std::io::stdout()) } else { Box::new(std::fs::File::create(&arguments[2])?) };
    let mut out = BufWriter::new(out);
    std::panic::set_hook(Box::new(|_| ()));
    for line in BufReader::new(std::fs::File::open(&arguments[1])?).lines() {
        let line = line?;
        let (stage, error, machine) = match std::panic::catch_unwind(|| run(&line)) {
            Ok(outcome) => outcome?,
            Err(_) => ("panic".into(), String::new(), String::new()),
        };
        let seed = line.strip_prefix("{\"seed\":").and_then(|rest| rest.split(',').next()).context("seed")?;
        writeln!(out, "{seed}\t{:016x}\t{stage}\t{}", fnv(&machine), escape(&error))?;
        if whole {
            write!(out, "{machine}")?;
        }
    }
    Ok(())
}
