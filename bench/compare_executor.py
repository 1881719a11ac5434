#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Transactions a second of the reference engine (sequential, state in memory) and of ours on the same generated chains, one
thread each, by turns. The oracle checks its replays against what it generated; ours are verified against that archive.

    ./dev bench-executor [--rounds N] [--json FILE] [--markdown FILE] [CHAIN...]

Both sides are wall time, of the transactions' execution alone: leave the machine to it.
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent

#   chain           options of `oracle gen`
TABLE = {
    "transfers": "--profile transfers --blocks 4 --txs 100 --accounts 64 --seed 2",
    "mixed": "--profile mixed --blocks 12 --txs 24 --accounts 24 --seed 1 --genesis-version 0.14.0",
    "hot": "--profile hot --blocks 4 --txs 60 --accounts 32 --seed 3",
    "legacy": "--profile legacy --blocks 4 --txs 40 --accounts 12 --seed 4 --starknet-version 0.13.2",
    "mainnet": "--profile mainnet --blocks 6 --txs 100 --accounts 200 --seed 9",
    "mainnet-100": "--profile mainnet --blocks 100 --txs 100 --accounts 200 --seed 9",
}
USUAL = [chain for chain in TABLE if chain != "mainnet-100"]


def run(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(str(word) for word in command)}: {done.stderr.strip()}")
    return json.loads(done.stdout)


def measure(options, chain, archive):
    """Medians of the rounds, in transactions a second, and of their ratios."""
    sides = {"reference": [], "ours": []}
    for _ in range(options.rounds):
        generated = run(options.oracle, "gen", "--contracts", ROOT / "tests/oracle/contracts", "--out", archive,
                        *TABLE[chain].split(), "--threads", "1", "--repetitions", "1")
        sequential = generated["throughput"]["modes"][0]
        if sequential["mode"] != "sequential" or sequential["differing_results"]:
            sys.exit(f"{chain}: the reference's replay differs from what it generated")
        ours = run(options.ours, archive, "1")
        sides["reference"].append(sequential["median_tx_per_second"])
        sides["ours"].append(ours["wall_tx_per_second"])
    ratios = [ours / reference for ours, reference in zip(sides["ours"], sides["reference"])]
    return {
        "chain": chain,
        "transactions": ours["transactions"],
        "steps_per_transaction": ours["steps"] / ours["transactions"],
        "reference": statistics.median(sides["reference"]),
        "ours": statistics.median(sides["ours"]),
        "ratio": statistics.median(ratios),
        "ratios": ratios,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ours", type=pathlib.Path, default=ROOT / "build/release/bin/executor_bench")
    parser.add_argument("--oracle", type=pathlib.Path, default=ROOT / "tests/oracle/target/release/oracle")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("--markdown", type=pathlib.Path)
    parser.add_argument("chains", nargs="*", default=USUAL, metavar="CHAIN", help=", ".join(TABLE))
    options = parser.parse_args()
    for chain in options.chains:
        if chain not in TABLE:
            parser.error(f"there is no chain {chain}; the chains are {', '.join(TABLE)}")
    lines = ["| chain | transactions | steps each | reference, tx/s | ours, tx/s | ratio | of the rounds |",
             "| --- | --: | --: | --: | --: | --: | --- |"]
    print("\n".join(lines))
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        for chain in options.chains:
            row = measure(options, chain, pathlib.Path(scratch) / chain)
            rows.append(row)
            ratios = ", ".join(f"{ratio:.1f}" for ratio in row["ratios"])
            lines.append(f"| {chain} | {row['transactions']:,} | {row['steps_per_transaction']:,.0f} |"
                         f" {row['reference']:,.0f} | {row['ours']:,.0f} | {row['ratio']:.1f} | {ratios} |")
            print(lines[-1], flush=True)
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n")
    if options.markdown:
        options.markdown.write_text("\n".join(lines) + "\n")


main()
