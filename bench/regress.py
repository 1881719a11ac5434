#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Instructions per step, per hash and curve operation and per transaction, counted by callgrind, and for one VM and for
several the misses of caches that callgrind models, against the committed bench/baseline.json. More than 3% more (15%
for misses) fails; as much less says so, so that the baseline is renewed.

    ./dev bench-regress [--write] [CASE...]

The counts hold for the compiler and libraries of Debian 12. mulx and adcx/adox are forced: valgrind runs them but hides
them from programs that ask. A new case is a row of CASES.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
BASELINE = ROOT / "bench/baseline.json"
TOLERANCE = 0.03
MISSES_TOLERANCE = 0.15  # they depend a little on how valgrind's turns fall

# What the program prints tells how many units it made, where the row has no number of its own.
STEPS = re.compile(r'"steps":(\d+)')
TRANSACTIONS = re.compile(r'"transactions":(\d+)')


def program(name):
    return ["program_bench", f"bench/programs/{name}.json"]


def operation(name, count):
    return ["crypto_operations", name, str(count)]


# name, unit, command, function whose instructions count (its callees included), number of units
CASES = [
    ("fibonacci", "step", program("fibonacci"), "*measured_run*", STEPS),
    ("structures", "step", program("structures"), "*measured_run*", STEPS),
    ("memory_copy", "step", program("memory_copy"), "*measured_run*", STEPS),
    ("dict", "step", program("dict"), "*measured_run*", STEPS),
    ("uint256", "step", program("uint256"), "*measured_run*", STEPS),
    ("blake2s", "step", program("blake2s"), "*measured_run*", STEPS),
    ("secp", "step", program("secp"), "*measured_run*", STEPS),
    ("pedersen", "hash", operation("pedersen", 1000), "*measured_operation*", 1000),
    ("poseidon", "hash", operation("poseidon", 1000), "*measured_operation*", 1000),
    ("keccak", "permutation", operation("keccak", 10000), "*measured_operation*", 10000),
    ("ecdsa", "verification", operation("ecdsa", 100), "*measured_operation*", 100),
    ("ec_op", "operation", operation("ec_op", 100), "*measured_operation*", 100),
    (
        "transfers-small",
        "transaction",
        ["executor_bench", "{chains}/transfers-small", "0"],
        "*measured_execution*",
        TRANSACTIONS,
    ),
]


# VMs that execute a block at the same time. valgrind runs one thread at a time, so the VMs take turns on one processor
# with these caches: what a VM's memory costs the others shows, what cores have of their own does not (./dev cache-model
# has a model of that). Its turns are long: a small last level is what eight VMs outgrow.
VMS = [1, 8]
CACHES = ["--cache-sim=yes", "--I1=32768,8,64", "--D1=32768,8,64", "--LL=8388608,16,64", "--fair-sched=yes"]


def cases_of_vms():
    for vms in VMS:
        command = ["cache_model", "--archive", "{chains}/transfers-small", "--json", "--again"]
        command += ["--blocks", "1", "--vms", str(vms)]
        yield f"{vms}-vms" if vms > 1 else "1-vm", "step", command, "*modelled_execution*", STEPS


def events(command, function, flags=()):
    """Counts of the function by event name (Ir: instructions), and what the program printed."""
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "callgrind"
        done = subprocess.run(
            [
                "valgrind",
                "--tool=callgrind",
                "--error-exitcode=99",
                f"--toggle-collect={function}",
                f"--callgrind-out-file={out}",
                *flags,
                *command,
            ],
            capture_output=True,
            text=True,
            cwd=ROOT,
            env={**os.environ, "BLOCKEXECD_CPU": "adx"},
        )
        if done.returncode != 0:
            sys.exit(f"{' '.join(command)}: {done.stderr.strip()}")
        text = out.read_text()
        names = re.search(r"^events: (.*)", text, re.MULTILINE).group(1).split()
        counts = re.search(r"^(?:totals|summary): (.*)", text, re.MULTILINE).group(1).split()
        return dict(zip(names, map(int, counts))), done.stdout


def count(case, binaries, chains):
    """Rows of (name, count per unit, what is counted)."""
    name, unit, command, function, units = case
    several = command[0] == "cache_model"
    command = [str(binaries / command[0]), *(word.format(chains=chains) for word in command[1:])]
    counted, printed = events(command, function, CACHES if several else ())
    number = units if isinstance(units, int) else int(units.search(printed).group(1))
    if counted["Ir"] == 0:
        sys.exit(f"{name}: callgrind counted nothing in {function}")
    rows = [(name, counted["Ir"] / number, f"instructions per {unit}")]
    if several:
        for row, level in (("L1", "D1"), ("LL", "DL")):
            misses = counted[f"{level}mr"] + counted[f"{level}mw"]
            rows.append((f"{name} {row}", 1000 * misses / number, f"{row} misses per 1000 {unit}s"))
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/release")
    parser.add_argument("--write", action="store_true", help="renew the baseline")
    parser.add_argument("cases", nargs="*")
    options = parser.parse_args()
    if shutil.which("valgrind") is None:
        sys.exit("valgrind is not installed: apt-get install valgrind")
    cases = [*cases_of_vms(), *CASES]  # the longest first
    unknown = set(options.cases) - {case[0] for case in cases}
    if unknown:
        parser.error(f"no such case: {', '.join(sorted(unknown))}")
    baseline = json.loads(BASELINE.read_text()) if BASELINE.exists() else {}
    worse = []
    print(f"{'case':18} {'count':>12} {'of':34} {'baseline':>12} {'change':>8}")
    chosen = [case for case in cases if not options.cases or case[0] in options.cases]
    pool = concurrent.futures.ThreadPoolExecutor(os.cpu_count())  # counts do not depend on load
    for rows in pool.map(lambda case: count(case, options.build / "bin", options.build / "chains"), chosen):
        for name, now, what in rows:
            before = baseline.get(name)
            baseline[name] = round(now, 2) if now < 1000 else round(now)
            line = f"{name:18} {now:12.2f} {what:34}"
            if before is None:
                print(f"{line} {'none':>12}", flush=True)
                worse += [] if options.write else [f"{name}: no baseline"]
                continue
            change = now / before - 1
            note = ""
            tolerance = MISSES_TOLERANCE if "misses" in what else TOLERANCE
            if change > tolerance:
                note = "  WORSE"
                worse.append(f"{name}: {now:.2f} {what} instead of {before:.2f} ({change:+.1%})")
            elif change < -tolerance:
                note = "  better: renew the baseline with --write"
            print(f"{line} {before:12.2f} {change:+8.1%}{note}", flush=True)
    if options.write:
        BASELINE.write_text(json.dumps(baseline, indent=1) + "\n")
    elif worse:
        print("\n" + "\n".join(worse), file=sys.stderr)
        sys.exit(1)


main()
