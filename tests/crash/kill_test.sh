#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Killed while blocks are executed, then started again: the database ends as after an undisturbed run, and nothing that was
# committed is executed twice. In both modes, at several places of the chain.
. "$(dirname "$0")/common.sh"

flags() { # NAME STATE FLAGS…
    local name=$1 state=$2
    shift 2
    arguments=(run --once --storage.path "$scratch/$name" --execution.bundle_folder "" --admin.enabled false
        --log.level debug --state "$state" --vms 2 "$@")
}

for state in recorded computed; do
    flags "whole-$state" "$state" --import "$archive"
    "$blockexecd" "${arguments[@]}" >/dev/null 2>"$scratch/whole-$state.log"
    undisturbed=$(digest "whole-$state")
    blocks=$(committed_blocks "$scratch/whole-$state.log" | wc -l)
    [ "$blocks" -gt 3 ] || fail "the chain has only $blocks blocks to execute"
    for after in 1 $((blocks / 2)) $((blocks - 1)); do
        name=killed-$state-$after
        flags "$name" "$state" --import "$archive"
        "$blockexecd" "${arguments[@]}" >/dev/null 2>"$scratch/$name.log" &
        daemon=$!
        until [ "$(committed_blocks "$scratch/$name.log" | wc -l)" -ge "$after" ]; do
            kill -0 "$daemon" 2>/dev/null || break
            sleep 0.005
        done
        kill -9 "$daemon" 2>/dev/null || true
        wait "$daemon" 2>/dev/null || true
        daemon=
        committed_blocks "$scratch/$name.log" >"$scratch/first"
        flags "$name" "$state"
        "$blockexecd" "${arguments[@]}" >/dev/null 2>"$scratch/$name-again.log"
        committed_blocks "$scratch/$name-again.log" >"$scratch/second"
        expect_equal "blocks committed twice after a kill at $after ($state)" "" "$(comm -12 "$scratch/first" "$scratch/second" | tr '\n' ' ')"
        expect_equal "digest after a kill at $after ($state)" "$undisturbed" "$(digest "$name")"
        echo "$state: killed after $(wc -l <"$scratch/first") blocks, $(wc -l <"$scratch/second") executed after the restart"
    done
done
