# SPDX-License-Identifier: Apache-2.0
# What the tests of the running program share: a scratch folder, a daemon to start and stop, and checks that name what failed.
# Usage of each test: TEST.sh BLOCKEXECD
set -euo pipefail

blockexecd=$(realpath "$1")
root=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")
archive=$root/tests/data/chains/transfers-small.tar.zst
scratch=$(mktemp -d)
daemon=
for variable in $(compgen -e BLOCKEXECD_ || true); do
    [ "$variable" = BLOCKEXECD_CPU ] || unset "$variable"
done

clean_up() {
    if [ -n "$daemon" ]; then
        kill -9 "$daemon" 2>/dev/null || true
        wait "$daemon" 2>/dev/null || true
    fi
    rm -rf "$scratch"
}
trap clean_up EXIT

fail() {
    echo "FAILED: $*" >&2
    for log in "$scratch"/*.log; do
        [ -e "$log" ] && { echo "--- $log" >&2; tail -n 30 "$log" >&2; }
    done
    exit 1
}

expect_equal() { # WHAT EXPECTED ACTUAL
    [ "$2" = "$3" ] || fail "$1: expected $2, got $3"
}

expect_text() { # WHAT TEXT FILE
    grep -qF -- "$2" "$3" || { cat "$3" >&2; fail "$1: \"$2\" not found"; }
}

# Runs a command to its end and checks its exit code; output goes to $scratch/out and $scratch/err.
expect_exit() { # CODE COMMAND…
    local expected=$1 code=0
    shift
    "$@" >"$scratch/out" 2>"$scratch/err" || code=$?
    [ "$code" = "$expected" ] || { cat "$scratch/out" "$scratch/err" >&2; fail "exit code of $*: expected $expected, got $code"; }
}

wait_for() { # SECONDS WHAT COMMAND…
    local deadline=$((SECONDS + $1)) what=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$deadline" ] || fail "waited too long for $what"
        sleep 0.1
    done
}

# Starts the daemon on database $1 with the flags that follow; sets $daemon, $url and $port when it is ready.
start_daemon() { # NAME FLAGS…
    local name=$1
    shift
    rm -f "$scratch/$name.log" # of an earlier start: its URL must not be taken for this one's
    "$blockexecd" run --storage.path "$scratch/$name" --execution.bundle_folder "$scratch/bundles" --admin.port 0 "$@" \
        >"$scratch/$name.out" 2>"$scratch/$name.log" &
    daemon=$!
    wait_for 120 "the admin endpoint" grep -q 'url=http' "$scratch/$name.log"
    url=$(grep -o 'url=http[^ ]*' "$scratch/$name.log" | tail -n 1 | cut -c5-)
    port=${url##*:}
    wait_for 60 "readiness" "$blockexecd" healthcheck --admin.port "$port"
}

stop_daemon() { # SIGNAL EXPECTED_CODE
    local code=0
    kill "-$1" "$daemon"
    wait "$daemon" || code=$?
    daemon=
    expect_equal "exit code after $1" "$2" "$code"
}

digest() { # NAME
    "$blockexecd" db digest --storage.path "$scratch/$1"
}

# Blocks whose results a run committed: the line is logged after the commit.
committed_blocks() { # LOG
    sed -n 's/.*block matched  block=\([0-9]*\) .*/\1/p' "$1" | sort -n
}
