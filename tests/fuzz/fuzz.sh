#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Fuzzes one target, or each in turn, for so many seconds with bounded memory; stops at what it finds.
# usage: fuzz.sh BUILD_FOLDER [SECONDS] [TARGET]   started in the project's folder
set -euo pipefail
build=$1
seconds=${2:-60}
mapfile -t targets < <("$build/bin/fuzz_seeds")
[ $# -lt 3 ] || targets=("$3")
mkdir -p "$build/found"
for target in "${targets[@]}"; do
    corpus=$build/corpus/$target
    "$build/bin/fuzz_seeds" "$target" "$corpus"
    echo "$target: $seconds seconds"
    BLOCKEXECD_FUZZ_TARGET=$target "$build/bin/fuzz" -max_total_time="$seconds" -rss_limit_mb=2048 -timeout=30 \
        -max_len=65536 -print_final_stats=1 -artifact_prefix="$build/found/$target-" "$corpus" 2>"$build/found/$target.log" || {
        tail -40 "$build/found/$target.log"
        echo "$target: found something; the input is in $build/found" >&2
        exit 1
    }
    grep -E 'number_of_executed_units|peak_rss_mb' "$build/found/$target.log"
done
