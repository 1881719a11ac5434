#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Proof mode on the reference VM (cairo-vm 3.2) and on ours, alternating: a whole process each, that runs a program and
writes trace, memory and both AIR inputs. CPU time is user and system together, medians; peak memory is the process's.
All files of the two sides must be equal.

    bench/compare_proof.py [--programs DIRECTORY] [--repetitions N] [--json FILE] [--markdown FILE] [PROGRAM...]

DIRECTORY has the programs of bench/programs compiled for proofs:

    python3.9 tests/data/cairo0/make.py --folder bench/programs --proof build/proof-programs
"""
import argparse
import json
import math
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
LAYOUT = "all_cairo"
FILES = ("trace", "memory", "public.json", "private.json")
MEAN_GOAL, MEAN_FLOOR, MEMORY_GOAL = 8.0, 5.0, 3.0


def spawn(arguments, directory):
    """CPU seconds and peak KiB of a child that must end well; its old files are gone before it starts."""
    for name in FILES:
        (directory / name).unlink(missing_ok=True)
    child = os.posix_spawn(arguments[0], arguments, os.environ)
    _, status, usage = os.wait4(child, 0)
    if status != 0:
        sys.exit(f"{' '.join(arguments)}: status {status}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def ours_command(binary, program, directory):
    files = [f"--{flag}={directory / name}" for flag, name in zip(
        ("trace_file", "memory_file", "air_public_input", "air_private_input"), FILES)]
    return [str(binary), str(program), "--proof_mode", "--layout", LAYOUT, *files]


def reference_command(binary, program, directory):
    return [str(binary), str(program), LAYOUT, str(directory)]


# A child's peak memory is never below its parent's at the start, so this process stays small and others read the files.
JSON_DIGEST = """
import hashlib, json, sys
document = json.load(open(sys.argv[1]))
for key in ("trace_path", "memory_path"):
    document.pop(key, None)
print(hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest())
"""


def digest(path):
    command = [sys.executable, "-c", JSON_DIGEST, path] if path.suffix == ".json" else ["sha256sum", path]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[0]


def measure(name, options, directory):
    program = options.programs / f"{name}.json"
    sides = {
        "reference": (reference_command(options.reference, program, directory), [], []),
        "ours": (ours_command(options.ours, program, directory), [], []),
    }
    digests = {}
    for _ in range(options.repetitions):
        for side, (command, times, peaks) in sides.items():
            seconds, peak = spawn(command, directory)
            times.append(seconds)
            peaks.append(peak)
            if side not in digests:
                digests[side] = {file: digest(directory / file) for file in FILES}
                steps = (directory / "trace").stat().st_size // 24
    if digests["ours"] != digests["reference"]:
        sys.exit(f"{name}: different files: {[f for f in FILES if digests['ours'][f] != digests['reference'][f]]}")
    row = {"program": name, "padded_steps": steps}
    for side, (_, times, peaks) in sides.items():
        row[f"{side}_seconds"] = statistics.median(times)
        row[f"{side}_peak_kb"] = statistics.median(peaks)
    row["ratio"] = row["reference_seconds"] / row["ours_seconds"]
    row["memory_ratio"] = row["reference_peak_kb"] / row["ours_peak_kb"]
    return row


def mean(values):
    return math.exp(statistics.fmean(math.log(value) for value in values))


def table(rows):
    lines = ["| program | padded steps | reference, CPU s | ours, CPU s | ratio | reference, MB | ours, MB | ratio |",
             "| --- | --: | --: | --: | --: | --: | --: | --: |"]
    for row in rows:
        lines.append(
            f"| {row['program']} | {row['padded_steps']:,} | {row['reference_seconds']:.2f} | {row['ours_seconds']:.3f} |"
            f" {row['ratio']:.1f} | {row['reference_peak_kb'] / 1000:.0f} | {row['ours_peak_kb'] / 1000:.0f} |"
            f" {row['memory_ratio']:.1f} |"
        )
    lines.append(f"| geometric mean | | | | {mean(r['ratio'] for r in rows):.1f} | | | {mean(r['memory_ratio'] for r in rows):.1f} |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ours", type=pathlib.Path, default=ROOT / "build/release/bin/cairovm")
    parser.add_argument("--reference", type=pathlib.Path, default=ROOT / "tests/oracle/vm-runner/target/release/prove")
    parser.add_argument("--programs", type=pathlib.Path, default=ROOT / "build/proof-programs")
    parser.add_argument("--scratch", type=pathlib.Path, help="where the files are written; default: the temporary folder")
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("--markdown", type=pathlib.Path)
    parser.add_argument("names", nargs="*", metavar="PROGRAM")
    options = parser.parse_args()
    names = options.names or sorted(path.stem for path in options.programs.glob("*.json"))
    rows = []
    with tempfile.TemporaryDirectory(dir=options.scratch) as directory:
        for name in names:
            rows.append(measure(name, options, pathlib.Path(directory)))
            print(table(rows[-1:]).splitlines()[2], flush=True)
    text = table(rows)
    print("\n" + text, end="")
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n")
    if options.markdown:
        options.markdown.write_text(text)
    ratios, memory = mean(r["ratio"] for r in rows), min(r["memory_ratio"] for r in rows)
    print(f"mean {ratios:.1f} (goal {MEAN_GOAL}, floor {MEAN_FLOOR}); least memory ratio {memory:.1f} (goal {MEMORY_GOAL})")


main()
