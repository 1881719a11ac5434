#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The daemon's life: it executes, answers, refuses a second process, ends cleanly, and executes nothing twice.
. "$(dirname "$0")/common.sh"

get() { curl -sS --max-time 20 "$url$1"; }
status() { curl -sS --max-time 20 -o "$scratch/body" -w '%{http_code}' "$@"; }

start_daemon db --import "$archive" --vms 2
wait_for 300 "the first phase" grep -q 'admin endpoint' "$scratch/db.out"
expect_text "the table" "transactions                     400               400" "$scratch/db.out"
expect_text "the table" "vm 1 on cpu" "$scratch/db.out"
expect_text "the table" "admin endpoint: $url" "$scratch/db.out"

# No thread keeps a VM's mask, and none was born with one: RocksDB's, the admin endpoint's, idle VM threads.
allowed() { sed -n 's/^Cpus_allowed_list:[[:space:]]*//p' "$@"; }
unpinned() { [ "$(cat /proc/"$daemon"/task/*/status | allowed | sort -u)" = "$(allowed "/proc/$$/status")" ]; }
wait_for 30 "threads to give their masks back" unpinned
[ "$(ls "/proc/$daemon/task" | wc -l)" -gt 4 ] || fail "the daemon has too few threads for this check to say something"

expect_equal /health '{"status":"ok"}' "$(get /health)"
get /ready >"$scratch/body" && expect_text /ready '"ready":true' "$scratch/body"
get /metrics >"$scratch/body" && expect_text /metrics 'blockexecd_matched_transactions_total 400' "$scratch/body"
expect_text /metrics 'blockexecd_blocks_total{verdict="mismatched"} 0' "$scratch/body"
get /version >"$scratch/body" && expect_text /version '"cell"' "$scratch/body"
get /config >"$scratch/body" && expect_text /config '"vms":{"value":2,"origin":"flag"' "$scratch/body"
get /topology >"$scratch/body" && expect_text /topology '"vm":1' "$scratch/body"
get /blocks/1 >"$scratch/body" && expect_text /blocks/1 '"status":"matched"' "$scratch/body"
expect_text "a transaction's verdict" '"index":0,"transaction_hash":"0x' "$scratch/body"
expect_text "a transaction's verdict" '"verdict":"matched"' "$scratch/body"
get / >"$scratch/body" && expect_text "the status page" '<h1>blockexecd' "$scratch/body"

expect_equal "an unknown route" 404 "$(status "$url/nothing")"
expect_text "an unknown route" 'there is no /nothing' "$scratch/body"
expect_equal "a wrong method" 405 "$(status -X DELETE "$url/health")"
expect_equal "a block that is not stored" 404 "$(status "$url/blocks/1000000")"
expect_equal "a text for a block" 400 "$(status "$url/blocks/one")"
expect_equal "a body of another type" 415 "$(status -d '{}' "$url/import")"
expect_equal "a body that is not JSON" 400 "$(status -H 'Content-Type: application/json' -d '{' "$url/import")"
head -c 200000 /dev/zero >"$scratch/big"
expect_equal "a body that is too big" 413 "$(status -H 'Content-Type: application/json' --data-binary "@$scratch/big" "$url/import")"
expect_equal "another machine's name" 403 "$(status -H 'Host: example.org' "$url/health")"
expect_equal "a change of the log level" 200 "$(status -X PUT -H 'Content-Type: application/json' -d '{"level":"debug"}' "$url/log/level")"
expect_equal "the log level" '{"level":"debug"}' "$(get /log/level)"

# One process has the database open for writing; reading works beside it.
expect_exit 4 "$blockexecd" run --once --storage.path "$scratch/db" --admin.port 0
expect_exit 0 "$blockexecd" db info --storage.path "$scratch/db"
expect_text "db info beside the daemon" "pending 0" "$scratch/out"

stop_daemon TERM 0
expect_text "the end" "blockexecd ends  exit=success" "$scratch/db.log"
before=$(digest db)

start_daemon db --vms 2
wait_for 60 "the first phase" grep -q 'admin endpoint' "$scratch/db.out"
expect_text "the second start" "transactions                       0               400" "$scratch/db.out"
stop_daemon INT 0
expect_equal "the digest after a second start" "$before" "$(digest db)"

# Nobody listens any more.
expect_exit 6 "$blockexecd" healthcheck --admin.port "$port"
