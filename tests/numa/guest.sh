#!/bin/busybox sh
# SPDX-License-Identifier: Apache-2.0
# The init of the emulated machine: executes a chain under several plans, and compares each VM's thread and arena with
# the plan, by /proc/PID/task/*/status and /proc/PID/numa_maps. Lines that begin with "numa: " are for the host.
/bin/busybox --install -s /bin
export PATH=/bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
mount -t tmpfs tmpfs /tmp
ip link set lo up

say() { echo "numa: $*"; }
fail() {
    say "FAILED: $*"
    tail -n 5 /tmp/log
    sync
    reboot -f
}

allowed() { sed -n 's/^Cpus_allowed_list:[[:space:]]*//p' "$1" 2>/dev/null; }

# The node of a CPU, from the kernel.
node_of() {
    for node in /sys/devices/system/node/node[0-9]*; do
        [ -e "$node/cpu$1" ] && echo "${node##*node}"
    done
}

# Masks of VM threads while they run: a thread has the name vm-N while it is pinned. Seen VMs are kept in /tmp/seen.
watch_threads() { # PID
    for task in /proc/"$1"/task/[0-9]*; do
        name=$(cat "$task/comm" 2>/dev/null)
        case $name in vm-[0-9]*) ;; *) continue ;; esac
        mask=$(allowed "$task/status")
        # Only if it still holds that VM: else the mask may be the service threads'.
        [ "$(cat "$task/comm" 2>/dev/null)" = "$name" ] && [ -n "$mask" ] && echo "$name $mask" >>/tmp/seen
    done
}

# One plan: flags of placement, what each VM's CPU must be, and the service threads' mask.
check_plan() { # NAME "VM:CPU …" SERVICE_MASK FLAGS…
    title=$1 expected=$2 service=$3
    shift 3
    rm -rf /tmp/db /tmp/seen /tmp/out /tmp/log
    : >/tmp/out
    cp -r /tmp/imported /tmp/db
    blockexecd topology "$@" >/tmp/plan || fail "$title: topology"
    blockexecd run --storage.path /tmp/db --execution.bundle_folder "" --admin.port 9780 \
        --log.progress_seconds 3600 "$@" >/tmp/out 2>/tmp/log &
    pid=$!
    until grep -q 'admin endpoint: ' /tmp/out; do
        kill -0 "$pid" 2>/dev/null || fail "$title: the daemon ended"
        watch_threads "$pid"
    done
    wget -q -O /tmp/topology http://127.0.0.1:9780/topology || fail "$title: /topology"
    wget -q -O /tmp/metrics http://127.0.0.1:9780/metrics || fail "$title: /metrics"
    grep -q 'verdict="mismatched"} 0' /tmp/metrics || fail "$title: blocks mismatched"

    for pair in $expected; do
        vm=${pair%%:*} cpu=${pair##*:} node=$(node_of "${pair##*:}")
        grep -q "^vm-$vm $cpu\$" /tmp/seen || fail "$title: the kernel never had vm-$vm on CPU $cpu: $(sort -u /tmp/seen | tr '\n' ';')"
        other=$(grep "^vm-$vm " /tmp/seen | grep -v "^vm-$vm $cpu\$" | head -n 1)
        [ -z "$other" ] || fail "$title: vm-$vm was on $other, planned $cpu"
        arena=$(tr '{' '\n' </tmp/topology | sed -n "s/.*\"vm\":$vm,.*\"arena\":\"\([0-9a-f]*\)\".*/\1/p")
        [ -n "$arena" ] && [ "$arena" != 0 ] || fail "$title: vm-$vm did not execute anything"
        # The mapping that holds the address: the last that begins at it or before it.
        line=$(awk -v at="$arena" '$1 <= at { last = $0 } END { print last }' /proc/"$pid"/numa_maps)
        here=$(echo "$line" | sed -n "s/.* N$node=\([0-9]*\).*/\1/p")
        elsewhere=$(echo "$line" | grep -o ' N[0-9]*=[0-9]*' | grep -v " N$node=" | tr -d '\n')
        [ "${here:-0}" -gt 0 ] && [ -z "$elsewhere" ] || fail "$title: vm-$vm's arena is not all on node $node: $line"
        say "$title: vm-$vm on CPU $cpu, arena at $arena: $here pages on node $node, none elsewhere"
    done
    count=$(cut -d' ' -f1 /tmp/seen | sort -u | wc -l)
    [ "$count" = "$(echo $expected | wc -w)" ] || fail "$title: $count VMs ran"

    # Idle VM threads and all others are where service threads belong.
    masks=
    for try in 1 2 3 4 5 6 7 8 9 10; do
        masks=$(for task in /proc/"$pid"/task/[0-9]*; do allowed "$task/status"; done | sort -u | tr '\n' ' ')
        [ "$masks" = "$service " ] && break
        sleep 1
    done
    [ "$masks" = "$service " ] || fail "$title: threads of the process may run on $masks, planned $service"
    say "$title: all $(ls /proc/"$pid"/task | wc -l) threads of the process are back on CPUs $service"
    kill -TERM "$pid"
    wait "$pid" || fail "$title: exit code $?"
}

say "$(blockexecd topology | head -n 1)"
blockexecd topology >/tmp/plan
grep -q '^8 CPUs, 4 cores, 2 nodes' /tmp/plan || fail "the topology is not two nodes with two cores of two siblings: $(head -n 1 /tmp/plan)"

blockexecd import /chain.tar.zst --storage.path /tmp/imported --admin.port 9780 >/tmp/out 2>/tmp/log || fail "import"
say "imported"

# Linux numbers qemu's CPUs by core: siblings are neighbours.
check_plan "one VM a core" "0:0 1:4 2:2 3:6" 0-7
check_plan "siblings second" "0:0 1:4 2:2 3:6 4:1 5:5 6:3 7:7" 0-7 --placement.smt second
check_plan "siblings first, 4 VMs" "0:0 1:4 2:1 3:5" 0-7 --placement.smt all --execution.vms 4
check_plan "node 1, bound, small pages, services on node 0" "0:4 1:6" 0-1 --placement.nodes 1 --placement.memory bind \
    --placement.huge_pages false --placement.service_cpus 0-1
check_plan "named CPUs" "0:7 1:3" 0-7 --placement.cpus 7,3

say "all as planned"
sync
reboot -f
