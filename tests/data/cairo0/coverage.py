#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes docs/vm-coverage.md: which program of this folder covers which hint and builtin.

usage: coverage.py > docs/vm-coverage.md
"""
import collections
import json
import pathlib
import re

HERE = pathlib.Path(__file__).resolve().parent
TABLE = (HERE / "../../../vm/cairo0/hints/hint_texts.inc").read_text()
TEXTS = {
    "".join(json.loads('"' + l.strip()[1:-1] + '"') for l in m.group(2).strip().split("\n")): m.group(1)
    for m in re.finditer(r'X\((\w+),\n((?:  ".*"\n?)+?)\)', TABLE)
}

hints, builtins = collections.defaultdict(set), collections.defaultdict(set)
programs = 0
for path in sorted(HERE.glob("*.cairo")):
    program = json.loads(path.with_suffix(".json").read_text())
    programs += 1
    for entries in program["hints"].values():
        for entry in entries:
            if entry["code"] in TEXTS:
                hints[TEXTS[entry["code"]]].add(path.stem)
    for builtin in program["builtins"]:
        builtins[builtin].add(path.stem)
cases = [l for l in (HERE / "cases.txt").read_text().split("\n") if l and not l.startswith("#")]
uncovered = [n for n in TEXTS.values() if n not in hints]
syscalls = [n for n in uncovered if n.startswith("SYSCALL_")]


def some(names):
    names = sorted(names, key=lambda n: (n.startswith("hint_refuses"), n))
    return ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")


print("# Coverage of the Cairo 0 VM")
print()
print("Made by `tests/data/cairo0/coverage.py`; `cairo0_coverage_test` fails when it is out of date.")
print()
print(f"{programs} programs, {len(cases)} runs compared with the reference VM (cairo-vm 3.2.0): trace, memory, output,")
print("resources, or the text of the error.")
print()
print(f"## Hints: {len(hints)} of {len(TEXTS)} covered by programs")
print()
print("System call hints run in an embedding executor and are covered by the executor's replay tests:")
print(", ".join(n[len("SYSCALL_"):].lower() for n in syscalls) + ".")
print()
rest = [n for n in uncovered if n not in syscalls]
print("Not covered: " + (", ".join(rest) if rest else "none") + ".")
print()
print("| hint | programs |")
print("| --- | --- |")
for name in TEXTS.values():
    if name in hints:
        print(f"| {name} | {some(hints[name])} |")
print()
print("## Builtins")
print()
print("| builtin | programs |")
print("| --- | --- |")
for name in "output pedersen range_check ecdsa bitwise ec_op keccak poseidon range_check96 add_mod mul_mod".split():
    print(f"| {name} | {some(builtins[name])} |")

# Cairo 1: what the sample of random programs did, as vm_random_test checks it, and tests of their own for the rest.
CASM = (HERE / "../../../vm/hints/casm_hint.hpp").read_text()
# Lines of `vm_random_programs compare casm … TALLY` for the sample: a number, a tab, "casm hint NAME done" or "… refused".
SAMPLE = set(l.split("\t")[1] for l in (HERE / "../../vm/random/casm_tally.txt").read_text().splitlines())
OWN_TESTS = {
    "RandomEcPoint": "vm_hints_test, chain_test",
    "DebugPrint": "vm_hints_test",
    "SystemCall": "executor_syscalls_test, chain_test",
    "Cheatcode": "vm_hints_test",
    "EvalCircuit": "cairo1_contract_test, chain_test",
} | {
    # An executable's own: the reference VM's processor does not know them.
    name: "vm_hints_test, cairo1_executable_test" for name in ("AddRelocationRule", "WriteRunParam", "AddMarker", "AddTrace")
} | {
    # Assertions of old compilers: the Starknet engine passes over them.
    name: "vm_hints_test"
    for name in ("AssertCurrentAccessIndicesIsEmpty", "AssertAllAccessesUsed", "AssertAllKeysUsed",
                 "AssertLeAssertThirdArcExcluded", "AssertLtAssertValidInput")
}
print()
print("## Cairo 1 hints")
print()
print("Programs with every hint on random operands are compared with the reference VM's processor of Cairo 1 hints")
print("(`./dev random-programs COUNT SEED casm`); a sample is replayed by `vm_random_test`. \"done\": the sample has runs of the")
print("hint that went well; \"refused\": runs that it ended, with the reference's text. Contract classes and chains run them too.")
print()
print("| hint | sample | other tests |")
print("| --- | --- | --- |")
for name in re.findall(r"^ +X\((\w+),", CASM, re.M):
    sample = ", ".join(how for how in ("done", "refused") if f"casm hint {name} {how}" in SAMPLE)
    print(f"| {name} | {sample} | {OWN_TESTS.get(name, '')} |")
