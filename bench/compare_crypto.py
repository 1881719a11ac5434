#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Field, hash and curve operations of the crates that the reference uses and ours, alternating, on the same inputs; the
digests of both sides must agree.

    ./dev bench-crypto [--repetitions N] [--json FILE] [--markdown FILE] [OPERATION...]
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

#   operation              against            count  goal
TABLE = [
    ("felt_multiply", "starknet-types-core", 2_000_000, None),
    ("montgomery_multiply", "starknet-types-core", 2_000_000, None),
    ("inverse", "starknet-types-core", 50_000, None),
    ("square_root", "starknet-types-core", 1_000, None),
    ("pedersen", "starknet-crypto", 10_000, 2.0),
    ("poseidon", "starknet-crypto", 20_000, 2.0),
    ("poseidon_lambdaworks", "lambdaworks", 20_000, 2.0),
    ("ecdsa", "starknet-crypto", 500, 4.0),
    ("ec_op", "starknet-types-core", 500, None),
    ("keccak", "keccak", 200_000, None),
]


def run(binary, operation, count):
    done = subprocess.run([str(binary), operation, str(count)], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{binary} {operation}: {done.stderr.strip()}")
    return json.loads(done.stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ours", type=pathlib.Path, default=ROOT / "build/release/bin/crypto_operations")
    parser.add_argument(
        "--reference", type=pathlib.Path, default=ROOT / "tests/oracle/crypto-bench/target/release/crypto-bench"
    )
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("--markdown", type=pathlib.Path)
    parser.add_argument("operations", nargs="*")
    options = parser.parse_args()
    rows = []
    for operation, against, count, goal in TABLE:
        if options.operations and operation not in options.operations:
            continue
        times = {"ours": [], "reference": []}
        for _ in range(options.repetitions):
            ours, reference = run(options.ours, operation, count), run(options.reference, operation, count)
            if ours["digest"] != reference["digest"]:
                sys.exit(f"{operation}: ours gives {ours['digest']}, the reference {reference['digest']}")
            times["ours"].append(ours["ns"] / count)
            times["reference"].append(reference["ns"] / count)
        row = {"operation": operation, "against": against, "goal": goal}
        row.update({f"{side}_ns": statistics.median(values) for side, values in times.items()})
        row["ratio"] = row["reference_ns"] / row["ours_ns"]
        rows.append(row)
    lines = ["| operation | against | reference, ns | ours, ns | ratio | goal |", "| --- | --- | --: | --: | --: | --: |"]
    for row in rows:
        goal = f"{row['goal']:.1f}" if row["goal"] else ""
        lines.append(
            f"| {row['operation']} | {row['against']} | {row['reference_ns']:.0f} | {row['ours_ns']:.0f} |"
            f" {row['ratio']:.2f} | {goal} |"
        )
    text = "\n".join(lines) + "\n"
    print(text, end="")
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n")
    if options.markdown:
        options.markdown.write_text(text)


main()
