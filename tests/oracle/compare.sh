#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Both engines on generated chains: compare.sh ORACLE CHAIN_COMPARE [SEEDS [FIRST_SEED]]
# For each seed the oracle generates and executes a chain of some profile and Starknet version into a temporary folder,
# and chain_compare executes it again and compares every field, call trees and the texts of refusals included. Prints a
# line a chain and the totals; ends with 1 if anything differs.
set -euo pipefail

oracle=$1 chain_compare=$2 seeds=${3:-30} first=${4:-1000}
contracts=${CONTRACTS:-$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/contracts}
versions=(0.14.4 0.13.0 0.14.1 0.13.1 0.14.3 0.13.1.1 0.14.2 0.13.2 0.14.0 0.13.2.1 0.13.6 0.13.3 0.13.5 0.13.4)
profiles=(syscalls syscalls mixed syscalls legacy)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

failed=0
for ((seed = first; seed < first + seeds; ++seed)); do
    version=${versions[seed % ${#versions[@]}]}
    profile=${profiles[seed % ${#profiles[@]}]}
    [ "$profile" != legacy ] || [[ $version != 0.14* ]] || profile=mixed
    options=(--profile "$profile" --starknet-version "$version" --seed "$seed" --blocks 14 --txs 60 --accounts 24)
    ((seed % 3)) || options+=(--calldata-da)
    if ! "$oracle" gen --contracts "$contracts" --out "$scratch/chain" --repetitions 0 "${options[@]}" \
        >"$scratch/generated" 2>"$scratch/refused"; then
        echo "seed $seed: the oracle failed: ${options[*]}"
        tail -n 3 "$scratch/refused"
        exit 1
    fi
    "$chain_compare" "$scratch/chain" >"$scratch/compared" || failed=1
    echo "seed $seed $profile $version ${options[*]:12}: $(head -n 1 "$scratch/compared" | cut -d ' ' -f 2-)"
    tail -n +2 "$scratch/compared"
    head -n 1 "$scratch/compared" >>"$scratch/totals"
done
awk -v seeds="$seeds" '
    { for (i = 2; i < NF; i += 2) sum[i] += $(i + 1) }
    END {
        printf "%d seeds: %d transactions (%d reverted), %d matched; %d refusals, %d matched; %d calls, %d failed; %d differences\n",
            seeds, sum[4], sum[8], sum[6], sum[10], sum[12], sum[14], sum[16], sum[18]
    }' "$scratch/totals"
exit "$failed"
