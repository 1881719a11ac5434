#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# `replay` prints one JSON object of stable keys; the bundled chain matches for any number of VMs and in both modes.
. "$(dirname "$0")/common.sh"

value() { sed -n "s/.*\"$1\":\([0-9.eE+-]*\).*/\1/p" "$scratch/out"; }

for state in recorded computed; do
    for vms in 1 2 8; do
        expect_exit 0 "$blockexecd" replay --archive "$archive" --vms "$vms" --state "$state" --json
        expect_equal "lines of the answer" 1 "$(wc -l <"$scratch/out")"
        expect_text "mismatches" '"mismatches":[]' "$scratch/out"
        expect_equal "transactions" 400 "$(value transactions)"
        expect_equal "matched" 400 "$(value matched)"
        expect_equal "VMs" "$vms" "$(value vms)"
        expect_equal "steps" "${steps:=$(value steps)}" "$(value steps)"
        for key in blocks seconds transactions_per_second; do
            [ -n "$(value "$key")" ] || fail "no $key in the answer"
        done
    done
done
[ "$steps" -gt 0 ] || fail "no steps were counted"

# Every bundled chain matches, old versions and reverts included.
for chain in hot-small legacy-small mixed-small mixed-0.13.5 mixed-0.13.2 mixed-0.13.1.1 mixed-0.13.0; do
    expect_exit 0 "$blockexecd" replay --archive "$root/tests/data/chains/$chain.tar.zst" --json
    expect_text "mismatches of $chain" '"mismatches":[],"exceptions":[],"failures":[]' "$scratch/out"
done
expect_exit 3 "$blockexecd" replay --archive "$scratch/nothing-there" --json

# A range of blocks: clamped aloud, refused when nothing is left of it, or when it has no beginning.
expect_exit 0 "$blockexecd" replay --archive "$archive" --first 2 --last 3 --json
expect_equal "blocks of the range" 2 "$(value blocks)"
[ ! -s "$scratch/err" ] || fail "a range that fits was commented on"
expect_exit 0 "$blockexecd" replay --archive "$archive" --first 3 --last 99 --json
expect_equal "blocks of the clamped range" 2 "$(value blocks)"
expect_text "the clamping" "--first, --last = 3 to 99 is more than the archive has: clamped to 3 to 4" "$scratch/err"
expect_exit 2 "$blockexecd" replay --archive "$archive" --first 5
expect_text "an empty range" "names no block that can be executed; the archive has 1 to 4" "$scratch/err"
expect_exit 2 "$blockexecd" replay --archive "$archive" --first 2 --state computed
expect_text "a range without a beginning" "is not possible in computed state" "$scratch/err"
expect_exit 0 "$blockexecd" replay --archive "$archive" --last 2 --state computed --json
expect_equal "blocks up to the second" 2 "$(value blocks)"
