#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Random programs on both engines, in portions; stops at the first difference and names its seed.
# usage: compare.sh VM_RANDOM_PROGRAMS [COUNT] [SEED] [DIALECT]   cairo0 (default) or casm: programs with Cairo 1 hints
# REPORT=FILE keeps the report.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
ours=$1
count=${2:-100000}
seed=${3:-1}
dialect=${4:-cairo0}
portion=10000
case $dialect in
    cairo0) crate=vm-runner ;;
    casm) crate=casm-runner ;;
    *) echo "the dialect is cairo0 or casm, not $dialect" >&2; exit 2 ;;
esac
command -v cargo >/dev/null || { echo "this needs Rust (cargo)" >&2; exit 1; }
folder=$here/../../oracle/$crate
cargo build --quiet --profile quick --manifest-path "$folder/Cargo.toml" --bin random
reference=${CARGO_TARGET_DIR:-$folder/target}/quick/random
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

compared=0
while [ "$compared" -lt "$count" ]; do
    n=$((count - compared < portion ? count - compared : portion))
    next=$("$ours" compare "$dialect" "$seed" "$n" "$work/programs" "$work/ours.all" "$work/tally")
    "$reference" "$work/programs" "$work/reference.all"
    # Where the reference itself panics there is nothing to be equal to: counted, and left out.
    awk -F'\t' -v panics="$work/panics" 'NR == FNR {if ($3 == "panic") {skip[$1]; print >> panics} next} !($1 in skip)' \
        "$work/reference.all" "$work/ours.all" >"$work/ours"
    grep -v -P '^\d+\t[0-9a-f]+\tpanic\t' "$work/reference.all" >"$work/reference" || true
    if ! cmp -s "$work/ours" "$work/reference"; then
        echo "different (< ours, > the reference):"
        diff "$work/ours" "$work/reference" | head -20 || true
        exit 1
    fi
    cat "$work/tally" >>"$work/tallies"
    # The first line of the error behind its place, without numbers.
    cut -f4 "$work/reference" |
        sed -E 's/Error message: [^\\]*\\n//; s/^Error at pc=[^\\]*\\n//; s/\\n.*//; s/[0-9]+/N/g' >>"$work/errors"
    compared=$((compared + n))
    seed=$next
    echo "$compared programs equal, next seed $seed" >&2
done
touch "$work/panics"
{
    echo "$((compared - $(wc -l <"$work/panics"))) programs equal in every cell, register and error"
    echo "$(wc -l <"$work/panics") left out because the reference panics"
    awk -F'\t' '{sum[$2] += $1} END {for (name in sum) print sum[name] "\t" name}' "$work/tallies" | sort -k2
    echo "errors by kind (empty: none):"
    sort "$work/errors" | uniq -c | sort -rn
} | tee ${REPORT:+"$REPORT"}
