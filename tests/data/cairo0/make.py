#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compiles the Cairo 0 programs of a folder (this one by default) to compact JSON.

usage: make.py [--folder FOLDER] [NAME...]     (needs the PyPI package cairo-lang 0.14.0.1, Python 3.9)
       make.py --proof DESTINATION [--folder FOLDER] [NAME...]

With --proof they are compiled as by cairo-compile --proof_mode, into a folder or a .tar.zst file (which needs the
command zstd): the programs of the folder's proof/cases.txt, or all.

What execution does not read is left out: debug information (kept for sources that start with
`// debug_info`), identifiers other than constants and entry points, and references that no hint or
attribute names.
"""
import argparse
import io
import json
import pathlib
import re
import subprocess
import sys
import tarfile

from starkware.cairo.lang.cairo_constants import DEFAULT_PRIME
from starkware.cairo.lang.compiler.cairo_compile import compile_cairo
from starkware.cairo.lang.compiler.program import Program

HERE = pathlib.Path(__file__).resolve().parent


def compact(program, keep_debug_info):
    used = []
    numbers = {}

    def renumber(flow, wanted):
        if flow is None:
            return None
        kept = {}
        for path, index in flow["reference_ids"].items():
            if not wanted(path.rsplit(".", 1)[-1]):
                continue
            if index not in numbers:
                numbers[index] = len(used)
                used.append(program["reference_manager"]["references"][index])
            kept[path] = numbers[index]
        return {"ap_tracking": flow["ap_tracking"], "reference_ids": kept}

    hints = {}
    for pc, entries in program["hints"].items():
        hints[pc] = []
        for entry in entries:
            names = set(re.findall(r"\bids\.(\w+)", entry["code"])) | {"infos", "dest_ptr"}
            everything = "excess_balance_func" in entry["code"]
            hints[pc].append(
                {
                    "accessible_scopes": [],
                    "code": entry["code"],
                    "flow_tracking_data": renumber(
                        entry["flow_tracking_data"], lambda n: everything or n in names
                    ),
                }
            )
    attributes = []
    for attribute in program["attributes"]:
        if attribute["name"] != "error_message":
            continue
        value = attribute["value"]
        attribute = dict(attribute, accessible_scopes=[])
        attribute["flow_tracking_data"] = renumber(
            attribute["flow_tracking_data"], lambda n: "{" + n + "}" in value
        )
        attributes.append(attribute)
    identifiers = {}
    for path, identifier in program["identifiers"].items():
        if identifier["type"] == "const" or (
            path.startswith("__main__.") and "pc" in identifier and path.count(".") == 1
        ):
            identifiers[path] = {
                k: v for k, v in identifier.items() if k in ("pc", "type", "value")
            }
    references = [
        {"ap_tracking_data": r["ap_tracking_data"], "pc": r["pc"], "value": r["value"]}
        for r in used
    ]
    debug_info = None
    if keep_debug_info:
        debug_info = program["debug_info"]
        debug_info = {
            "file_contents": {},
            "instruction_locations": {
                pc: {
                    "accessible_scopes": [],
                    "flow_tracking_data": None,
                    "hints": place["hints"],
                    "inst": place["inst"],
                }
                for pc, place in debug_info["instruction_locations"].items()
            },
        }
    return {
        "attributes": attributes,
        "builtins": program["builtins"],
        "compiler_version": program["compiler_version"],
        "data": program["data"],
        "debug_info": debug_info,
        "hints": hints,
        "identifiers": identifiers,
        "main_scope": program["main_scope"],
        "prime": program["prime"],
        "reference_manager": {"references": references},
    }


def compile_program(folder, name, proof=False):
    source = (folder / f"{name}.cairo").read_text()
    keep_debug_info = source.startswith("// debug_info") and not proof
    # The path that debug information names is relative to the project's root.
    code = [(source, f"tests/data/cairo0/{name}.cairo")]
    program = compile_cairo(code, DEFAULT_PRIME, debug_info=keep_debug_info, add_start=proof)
    return json.dumps(compact(Program.Schema().dump(program), keep_debug_info), separators=(",", ":")) + "\n"


def pack(texts, path):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, text in texts.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(text.encode())
            archive.addfile(entry, io.BytesIO(text.encode()))
    compressed = subprocess.run(["zstd", "-19", "-c"], input=packed.getvalue(), stdout=subprocess.PIPE, check=True)
    path.write_bytes(compressed.stdout)


def default_names(folder, proof):
    cases = folder / "proof/cases.txt"
    if proof and cases.exists():
        return sorted({line.split()[1] for line in cases.open() if line[0] not in "#\n"})
    return sorted(p.stem for p in folder.glob("*.cairo"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=pathlib.Path, default=HERE)
    parser.add_argument("--proof", type=pathlib.Path, metavar="DESTINATION")
    parser.add_argument("names", nargs="*", metavar="NAME")
    options = parser.parse_args()
    texts, failed = {}, 0
    for name in options.names or default_names(options.folder, options.proof):
        try:
            texts[f"{name}.json"] = compile_program(options.folder, name, bool(options.proof))
        except Exception as error:  # noqa: BLE001: every bad program is reported
            print(f"{name}: {error}", file=sys.stderr)
            failed += 1
    if options.proof and options.proof.name.endswith(".tar.zst"):
        pack(texts, options.proof)
    else:
        destination = options.proof or options.folder
        destination.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (destination / name).write_text(text)
    return 1 if failed else 0


sys.exit(main())
