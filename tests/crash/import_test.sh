#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Archives reach a running daemon by command and by inbox, and are executed; damaged ones are refused and change nothing.
. "$(dirname "$0")/common.sh"

# A damaged archive: one transaction's calldata differs from what its hash says.
mkdir "$scratch/damaged"
tar -xf "$archive" -C "$scratch/damaged"
chain=$(dirname "$(find "$scratch/damaged" -name chain.json)")
block=$chain/blocks/3.json
sed -i '0,/"calldata": *\[/s//&"0x7",/' "$block"
cmp -s <(tar -xOf "$archive" --wildcards '*blocks/3.json') "$block" && fail "the archive was not damaged"

# Without a daemon: the database itself.
expect_exit 3 "$blockexecd" import "$chain" --storage.path "$scratch/alone" --admin.port "$((20000 + RANDOM))"
expect_text "the refusal" "blocks/3.json" "$scratch/err"
"$blockexecd" db info --storage.path "$scratch/alone" >"$scratch/out"
expect_text "the database after a refusal" "no chain was imported" "$scratch/out"
expect_exit 3 "$blockexecd" import "$scratch/nothing-there" --storage.path "$scratch/alone" --admin.port "$((20000 + RANDOM))"

# With one: through it.
start_daemon db --inbox.folder "$scratch/inbox"
expect_exit 3 "$blockexecd" import "$chain" --storage.path "$scratch/db" --admin.port "$port"
expect_text "the refusal by the daemon" "blocks/3.json" "$scratch/err"
expect_exit 0 "$blockexecd" import "$archive" --storage.path "$scratch/db" --admin.port "$port"
executed() { curl -sS "$url/metrics" | grep -qF 'blockexecd_matched_transactions_total 400'; }
wait_for 300 "the imported blocks" executed
expect_exit 0 "$blockexecd" import "$archive" --storage.path "$scratch/db" --admin.port "$port"
expect_text "an import of what is known" '"imported_blocks":0' "$scratch/out"

# By inbox: moved in, imported, put away; a damaged one is put away with the reason.
cp -r "$chain" "$scratch/to-move"
mv "$scratch/to-move" "$scratch/inbox/bad"
wait_for 60 "the refused archive" test -e "$scratch/inbox/refused/bad.reason.txt"
expect_text "the reason" "blocks/3.json" "$scratch/inbox/refused/bad.reason.txt"
cp "$archive" "$scratch/inbox/.good.tar.zst"
mv "$scratch/inbox/.good.tar.zst" "$scratch/inbox/good.tar.zst"
wait_for 60 "the imported archive" test -e "$scratch/inbox/imported/good.tar.zst"
stop_daemon TERM 0

# What came by the daemon is what an import at the start gives.
"$blockexecd" run --once --storage.path "$scratch/other" --import "$archive" --admin.enabled false >"$scratch/out" 2>"$scratch/other.log"
expect_equal "the digest" "$(digest other)" "$(digest db)"
