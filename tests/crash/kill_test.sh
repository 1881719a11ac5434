#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Killed while blocks are executed, then started again: the database ends as after an undisturbed run on one VM, and nothing
# that was committed is executed twice. In both modes, at several places of the chain, with several VMs: across blocks, and
# inside of each.
. "$(dirname "$0")/common.sh"

flags() { # NAME STATE VMS FLAGS…
    local name=$1 state=$2 vms=$3
    shift 3
    arguments=(run --once --storage.path "$scratch/$name" --execution.bundle_folder "" --admin.enabled false
        --log.level debug --state "$state" --vms "$vms" "$@")
}

for run in "recorded 2" "computed 2" "computed 4"; do
    read -r state vms <<<"$run"
    flags "whole-$state-$vms" "$state" 1 --import "$archive"
    "$blockexecd" "${arguments[@]}" >/dev/null 2>"$scratch/whole-$state-$vms.log"
    undisturbed=$(digest "whole-$state-$vms")
    blocks=$(committed_blocks "$scratch/whole-$state-$vms.log" | wc -l)
    [ "$blocks" -gt 3 ] || fail "the chain has only $blocks blocks to execute"
    for after in 1 $((blocks / 2)) $((blocks - 1)); do
        name=killed-$state-$vms-$after
        flags "$name" "$state" "$vms" --import "$archive"
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
        flags "$name" "$state" "$vms"
        "$blockexecd" "${arguments[@]}" >/dev/null 2>"$scratch/$name-again.log"
        committed_blocks "$scratch/$name-again.log" >"$scratch/second"
        expect_equal "blocks committed twice after a kill at $after ($state, $vms VMs)" "" "$(comm -12 "$scratch/first" "$scratch/second" | tr '\n' ' ')"
        expect_equal "digest after a kill at $after ($state, $vms VMs)" "$undisturbed" "$(digest "$name")"
        echo "$state, $vms VMs: killed after $(wc -l <"$scratch/first") blocks, $(wc -l <"$scratch/second") executed after the restart"
    done
done
