#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Wrong settings end every command with the same exit code and name the place, the value, the limit and a cure.
. "$(dirname "$0")/common.sh"

cat >"$scratch/bad.toml" <<'END'
[execution]
vmz = 3
state = "sideways"
[placement]
cpus = "60000"
END
expect_exit 2 "$blockexecd" check-config --config "$scratch/bad.toml"
expect_text "an unknown key" "bad.toml:2: [execution] vmz = 3 is no option of this section. Did you mean vms?" "$scratch/err"
expect_text "a value out of range" 'bad.toml:3: [execution] state = "sideways" must be recorded or computed' "$scratch/err"
expect_text "an impossible placement" "bad.toml:5: [placement] cpus = 60000 names CPU 60000, which this process may not use" "$scratch/err"
expect_exit 2 "$blockexecd" run --config "$scratch/bad.toml"
expect_exit 2 "$blockexecd" run --config "$scratch/missing.toml"
expect_exit 2 "$blockexecd" run --execution.vms many
expect_exit 2 "$blockexecd" run --admin.address 0.0.0.0
expect_text "an open address" "is no loopback address" "$scratch/err"
expect_exit 2 env BLOCKEXECD_EXECUTION_VM=3 "$blockexecd" check-config
expect_text "an unknown variable" "Did you mean BLOCKEXECD_EXECUTION_VMS?" "$scratch/err"
expect_exit 2 "$blockexecd" nothing
expect_exit 2 "$blockexecd"
expect_exit 2 "$blockexecd" check-config --execution.vms 4096 --placement.oversubscribe false
expect_text "too many VMs" "[execution] vms = 4096 is more than the" "$scratch/err"

# What the operating system refuses is a wrong setting too.
start_daemon taken
expect_exit 2 "$blockexecd" run --once --storage.path "$scratch/second" --admin.port "$port"
expect_text "a port that is taken" "flag: [admin] port = $port cannot be listened on at 127.0.0.1: Address already in use" "$scratch/err"
stop_daemon TERM 0
touch "$scratch/file"
expect_exit 2 env BLOCKEXECD_INBOX_FOLDER="$scratch/file/inbox" "$blockexecd" run --once --storage.path "$scratch/third" --admin.port 0
expect_text "an inbox below a file" "[inbox] folder = \"$scratch/file/inbox\" cannot be watched: Not a directory" "$scratch/err"
expect_exit 2 "$blockexecd" run --once --storage.path "$scratch/fourth" --admin.port 0 --inbox.folder "$scratch/file"
expect_text "a file for an inbox" "cannot be watched: Not a directory" "$scratch/err"
expect_exit 2 "$blockexecd" run --once --storage.path "$scratch/file/db" --admin.port 0
expect_text "a database below a file" "cannot be made: Not a directory. Set [storage] path to" "$scratch/err"
expect_exit 70 env TMPDIR="$scratch/nowhere" "$blockexecd" replay --archive "$archive"
expect_text "no temporary folder" "set TMPDIR to one that can be written" "$scratch/err"

# Flags over environment over file.
printf '[execution]\nvms = 1\nread_ahead_blocks = 5\n[admin]\nport = 5\n' >"$scratch/good.toml"
expect_exit 0 env BLOCKEXECD_CONFIG="$scratch/good.toml" BLOCKEXECD_EXECUTION_READ_AHEAD_BLOCKS=6 BLOCKEXECD_ADMIN_PORT=6 \
    "$blockexecd" print-config --admin.port 7
expect_text "from the file" "vms = 1  # $scratch/good.toml:2" "$scratch/out"
expect_text "from the environment" "read_ahead_blocks = 6  # environment" "$scratch/out"
expect_text "from a flag" "port = 7  # flag" "$scratch/out"
expect_exit 0 "$blockexecd" print-config --reference
cmp "$scratch/out" "$root/config/default.toml" || fail "config/default.toml is not the reference"
expect_exit 0 "$blockexecd" check-config --config "$root/config/default.toml"
expect_exit 0 "$blockexecd" topology --execution.vms 1
expect_text "the plan" "1 VM; service threads on cpus" "$scratch/out"
expect_exit 0 "$blockexecd" version --json

# On SIGHUP the live settings change, the others wait.
printf '[log]\nlevel = "info"\n' >"$scratch/live.toml"
start_daemon db --config "$scratch/live.toml"
printf '[log]\nlevel = "debug"\n[execution]\nread_ahead_blocks = 9\n' >"$scratch/live.toml"
kill -HUP "$daemon"
wait_for 30 "the reload" grep -q 'waits for a restart' "$scratch/db.log"
expect_equal "the log level" '{"level":"debug"}' "$(curl -sS "$url/log/level")"
printf '[log]\nlevel = "loud"\n' >"$scratch/live.toml"
kill -HUP "$daemon"
wait_for 30 "the refused reload" grep -q 'settings kept' "$scratch/db.log"
expect_equal "the log level" '{"level":"debug"}' "$(curl -sS "$url/log/level")"
stop_daemon TERM 0
