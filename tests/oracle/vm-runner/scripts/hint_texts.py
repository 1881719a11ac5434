#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes vm/cairo0/hints/hint_texts.inc from the sources of the cairo-vm and blockifier crates.

usage: hint_texts.py CAIRO_VM_SOURCE BLOCKIFIER_SOURCE > vm/cairo0/hints/hint_texts.inc
"""
import pathlib
import re
import sys

ENTRY = re.compile(
    r'\(\s*([A-Z0-9_]+),\s*(?:indoc!\s*\{\s*r#"(.*?)"#\s*\}|"((?:[^"\\]|\\.)*)")\s*(,\s*"test_utils")?\s*\)',
    re.DOTALL,
)
CONST = re.compile(r'pub const ([A-Z0-9_]+): &str\s*=\s*(?:r#"(.*?)"#|"((?:[^"\\]|\\.)*)");', re.DOTALL)
SYSCALL = re.compile(r'"(syscall_handler\.[^"]*)"')


def indoc(text):
    """As the indoc crate does to a string that starts on the line of its quote."""
    lines = text.split("\n")
    indents = [len(l) - len(l.lstrip(" \t")) for l in lines[1:] if l.strip(" \t")]
    cut = min(indents, default=0)
    return "\n".join([lines[0]] + [l[cut:] if len(l) > cut else "" for l in lines[1:]])


def unescape(text):
    return re.sub(r"\\(.)", lambda m: {"n": "\n"}.get(m.group(1), m.group(1)), text, flags=re.DOTALL)


def literal(text):
    lines = text.split("\n")
    quoted = []
    for i, line in enumerate(lines):
        end = "\\n" if i + 1 < len(lines) else ""
        quoted.append('  "' + line.replace("\\", "\\\\").replace('"', '\\"') + end + '"')
    return "\n".join(quoted)


def main():
    vm = pathlib.Path(sys.argv[1]) / "src/hint_processor/builtin_hint_processor"
    texts = []
    for path in (vm / "hint_code.rs", vm / "secp/cairo0_hints.rs"):
        source = "\n".join(l for l in path.read_text().split("\n") if not l.startswith("//"))
        for name, raw, quoted, test_only in ENTRY.findall(source.split("#[cfg(test)]")[0]):
            if not test_only:
                texts.append((name, indoc(raw) if raw else unescape(quoted)))
    for path, wanted in ((vm / "kzg_da/mod.rs", "WRITE_DIVMOD_SEGMENT"),):
        for name, raw, quoted in CONST.findall(path.read_text()):
            if name == wanted:
                texts.append((name, raw or unescape(quoted)))
    seen = {}
    print("// SPDX-License-Identifier: Apache-2.0")
    print("// The texts that a Cairo 0 program carries for its hints: an interface, matched to the byte.")
    print("// X(NAME, text), made by tests/oracle/vm-runner/scripts/hint_texts.py from cairo-vm 3.2.0 and blockifier 0.20.0-rc.1.")
    for name, text in texts:
        if text in seen:  # an alias that could never be told from the first
            continue
        seen[text] = name
        print(f"X({name},\n{literal(text)})")
    for text in SYSCALL.findall((pathlib.Path(sys.argv[2]) / "src/execution/hint_code.rs").read_text()):
        name = "SYSCALL_" + text[len("syscall_handler."):text.index("(")].upper()
        print(f"X({name},\n{literal(text)})")


main()
