#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The sweep on a bundled chain: every file is written and filled, and a layout without a program is refused by name.
. "$(dirname "$0")/common.sh"

cell=$("$blockexecd" version --json | sed 's/.*"cell":"\([a-z0-9]*\)".*/\1/')
expect_exit 0 "$blockexecd" bench sweep --archive "$archive" --out "$scratch/sweep" --vms 1,2 --cells "$cell" --runs 1
for file in passes.csv sweep.json hyperfine.json report.md time.svg speed-up.svg; do
    [ -s "$scratch/sweep/$file" ] || fail "$file is missing"
done
expect_equal "rows of the table" 3 "$(wc -l <"$scratch/sweep/passes.csv")"
expect_text "the report" "4 blocks, 400 transactions" "$scratch/sweep/report.md"
expect_text "the report" "| $cell | 2 | " "$scratch/sweep/report.md"
expect_text "the export" '"parameters":{"cell":"'"$cell"'","vms":"2"' "$scratch/sweep/hyperfine.json"
python=$(command -v python3 || true)
[ -z "$python" ] || "$python" -c 'import json,sys; [json.load(open(f)) for f in sys.argv[1:]]' "$scratch"/sweep/*.json || fail "not JSON"

expect_exit 2 "$blockexecd" bench sweep --archive "$archive" --out "$scratch/none" --cells "$cell,limbs47"
expect_text "a layout that is not built" "cells/limbs47/bin/blockexecd. Run ./dev build-cells" "$scratch/err"
expect_exit 2 "$blockexecd" bench sweep --archive "$archive" --out "$scratch/none" --vms 4096 --threads 4096
expect_text "too many threads" "--threads = 4096 is more than the" "$scratch/err"
expect_exit 2 "$blockexecd" bench
[ ! -e "$scratch/none" ] || fail "a refused sweep left a folder"
