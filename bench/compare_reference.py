#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Cairo 0 programs on the reference VM (cairo-vm 3.2) and on ours, alternating, results verified first.

Each run is a process of its own; measured is the run from a loaded program to its verified end: user CPU time, median
of the repetitions. Start-up (file, JSON, decoding, memory up to the first step) is measured apart.

    ./dev bench-reference [--repetitions N] [--skip-verify] [--json FILE] [--markdown FILE] [PROGRAM...]
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAMS = ROOT / "bench/programs"
LOADS = 200

# kind: what the goal is measured against. Runs: how often one process runs the program, for what is too short to time.
#   name              kind      runs
TABLE = [
    ("fibonacci_small", "cache", 400),
    ("fibonacci", "steps", 1),
    ("factorial", "steps", 1),
    ("linear_search", "steps", 1),
    ("array_compare", "steps", 1),
    ("structures", "steps", 1),
    ("memory_copy", "hints", 1),
    ("dict", "hints", 1),
    ("squash", "hints", 1),
    ("math", "hints", 1),
    ("compare_pow", "hints", 1),
    ("uint256", "hints", 1),
    ("find_element", "hints", 1),
    ("set", "hints", 1),
    ("usort", "hints", 1),
    ("many_builtins", "hints", 1),
    ("mod_circuit", "hints", 1),
    ("blake2s", "hints", 1),
    ("keccak", "hints", 1),
    ("secp", "hints", 1),
    ("ec", "hash", 1),
    ("ec_op", "hash", 1),
    ("pedersen", "hash", 1),
    ("poseidon", "hash", 1),
]
GOALS = {"cache": 20.0, "steps": 4.0, "hints": 4.0, "hash": 2.5}
LARGE_KB = 250 * 1000  # the reference's memory from which a run counts as large
LARGE_GOAL = 6.0
MEAN_GOAL = 12.0


def run(binary, *arguments):
    done = subprocess.run([str(binary), *map(str, arguments)], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{binary} {' '.join(map(str, arguments))}: {done.stderr.strip()}")
    return json.loads(done.stdout)


def verify(ours, reference, path):
    """The two sides' results; ends the program where they differ."""
    a, b = run(ours, path, "--verify"), run(reference, path, "--verify")
    if a != b:
        different = [key for key in b if a.get(key) != b[key]]
        sys.exit(f"{path.stem}: {', '.join(different)} differ:\nours      {a}\nreference {b}")


def measure(ours, reference, name, runs, repetitions):
    path = PROGRAMS / f"{name}.json"
    arguments = (path, "--repeat", runs)
    sides = {"ours": [], "reference": []}
    loads = {"ours": [], "reference": []}
    for _ in range(repetitions):
        for side, binary in (("ours", ours), ("reference", reference)):
            sides[side].append(run(binary, *arguments))
            loads[side].append(run(binary, path, "--load", LOADS)["load_ns"])
    row = {"program": name, "steps": sides["ours"][0]["steps"]}
    for side, results in sides.items():
        row[side] = {
            key: statistics.median(result[key] for result in results)
            for key in ("user_ns", "cpu_ns", "peak_rss_kb")
        }
        row[side]["load_ns"] = statistics.median(loads[side])
    return row


def ratio(row, key):
    return row["reference"][key] / max(row["ours"][key], 1)


def goal(row, kind):
    large = kind in ("steps", "hints") and row["reference"]["peak_rss_kb"] >= LARGE_KB
    return LARGE_GOAL if large else GOALS[kind]


def geometric_mean(values):
    return statistics.geometric_mean(list(values))


def markdown(rows):
    lines = [
        "| program | steps | reference, Msteps/s | ours, Msteps/s | ratio (user) | goal | ratio (user + kernel) |"
        " peak MB, reference | peak MB, ours | start-up ratio |",
        "| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |",
    ]
    for row in rows:
        speed = {side: row["steps"] * 1e3 / row[side]["user_ns"] for side in ("ours", "reference")}
        lines.append(
            f"| {row['program']} | {row['steps'] / 1e6:.2f} M | {speed['reference']:.1f} | {speed['ours']:.1f} |"
            f" {ratio(row, 'user_ns'):.1f} | {row['goal']:.1f} | {ratio(row, 'cpu_ns'):.1f} |"
            f" {row['reference']['peak_rss_kb'] / 1000:.0f} | {row['ours']['peak_rss_kb'] / 1000:.0f} |"
            f" {ratio(row, 'load_ns'):.1f} |"
        )
    means = {key: geometric_mean(ratio(row, key) for row in rows) for key in ("user_ns", "cpu_ns", "peak_rss_kb", "load_ns")}
    lines.append(
        f"| **geometric mean** | | | | **{means['user_ns']:.1f}** | {MEAN_GOAL:.1f} | **{means['cpu_ns']:.1f}** |"
        f" | {means['peak_rss_kb']:.1f} times less | {means['load_ns']:.1f} |"
    )
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ours", type=pathlib.Path, default=ROOT / "build/release/bin/program_bench")
    parser.add_argument("--reference", type=pathlib.Path, default=ROOT / "tests/oracle/vm-runner/target/release/speed")
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--skip-verify", action="store_true")
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("--markdown", type=pathlib.Path)
    parser.add_argument("programs", nargs="*")
    options = parser.parse_args()
    unknown = set(options.programs) - {name for name, _, _ in TABLE}
    if unknown:
        parser.error(f"no such program: {', '.join(sorted(unknown))}")
    rows = []
    for name, kind, runs in TABLE:
        if options.programs and name not in options.programs:
            continue
        if not options.skip_verify:
            verify(options.ours, options.reference, PROGRAMS / f"{name}.json")
        row = measure(options.ours, options.reference, name, runs, options.repetitions)
        row["goal"] = goal(row, kind)
        row["ratio"] = ratio(row, "user_ns")
        rows.append(row)
        below = "" if row["ratio"] >= row["goal"] else f"  below the goal of {row['goal']:.1f}"
        print(f"{name:16} {row['ratio']:6.1f}x{below}", file=sys.stderr, flush=True)
    text = markdown(rows)
    print(text, end="")
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n")
    if options.markdown:
        options.markdown.write_text(text)


main()
