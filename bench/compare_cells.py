#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The programs of bench/programs on each memory cell layout, alone and with several VMs at once.

Rounds go through the layouts in turn. Each VM is a process of its own; with N at once, N processes run the same program
side by side, and a figure is the mean of them. Printed per program and as geometric means against the first layout: CPU
time of the run (user, user and system) and peak memory, medians of the rounds.

    ./dev bench-cells [--vms 1,2] [--rounds N] [--layouts compact,packed32,…] [--json FILE] [PROGRAM...]
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAMS = ROOT / "bench/programs"
LAYOUTS = ["compact", "packed32", "limbs48", "bigint40"]
KEYS = ("user_ns", "cpu_ns", "peak_rss_kb")
REPEATS = {"fibonacci_small": 400}  # too short to time once


def run_at_once(binary, name, count):
    command = [str(binary), str(PROGRAMS / f"{name}.json"), "--repeat", str(REPEATS.get(name, 1))]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(count)]
    results = []
    for process in running:
        text, _ = process.communicate()
        if process.returncode != 0:
            sys.exit(f"{' '.join(command)} failed")
        results.append(json.loads(text))
    return {key: statistics.mean(result[key] for result in results) for key in KEYS} | {"steps": results[0]["steps"]}


def measure(options, name, count):
    rounds = {layout: [] for layout in options.layouts}
    for _ in range(options.rounds):
        for layout, results in rounds.items():
            results.append(run_at_once(options.build / layout / "bin/program_bench", name, count))
    steps = {results[0]["steps"] for results in rounds.values()}
    if len(steps) != 1:
        sys.exit(f"{name}: the layouts differ in their steps")
    return {
        layout: {key: statistics.median(result[key] for result in results) for key in KEYS}
        for layout, results in rounds.items()
    }


def table(options, rows):
    units = {"user_ns": 1e6, "cpu_ns": 1e6, "peak_rss_kb": 1e3}
    lines = [
        "| program | VMs | user, ms | user + system, ms | peak MB |",
        "|---|--:|---|---|---|",
        "| | | " + " | ".join([", ".join(options.layouts)] * 3) + " |",
    ]
    for name, count, row in rows:
        cells = [", ".join(f"{row[layout][key] / units[key]:.0f}" for layout in options.layouts) for key in KEYS]
        lines.append(f"| {name} | {count} | " + " | ".join(cells) + " |")
    for count in options.vms:
        first = options.layouts[0]
        means = [
            ", ".join(
                f"{statistics.geometric_mean(row[layout][key] / max(row[first][key], 1) for _, n, row in rows if n == count):.2f}"
                for layout in options.layouts
            )
            for key in KEYS
        ]
        lines.append(f"| geometric mean, / {first} | {count} | " + " | ".join(means) + " |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/cells")
    parser.add_argument("--layouts", type=lambda text: text.split(","), default=LAYOUTS)
    parser.add_argument("--vms", type=lambda text: [int(count) for count in text.split(",")], default=[1, 2])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("programs", nargs="*")
    options = parser.parse_args()
    names = options.programs or sorted(path.stem for path in PROGRAMS.glob("*.json"))
    rows = [(name, count, measure(options, name, count)) for name in names for count in options.vms]
    print(table(options, rows))
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n")


main()
