#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Boots a Debian kernel under full-system emulation with two NUMA nodes and SMT siblings, executes a bundled chain in it,
# and compares what the guest's kernel says of threads and memory with the plan (guest.sh). Needs no network once the
# kernel package is there; software emulation is enough.
# Usage: boot.sh BLOCKEXECD FOLDER, the folder keeps the kernel and the guest's files
set -euo pipefail

blockexecd=$(realpath "$1")
here=$(realpath "$(dirname "${BASH_SOURCE[0]}")")
mkdir -p "$2"
work=$(realpath "$2")
chain=${BLOCKEXECD_NUMA_CHAIN:-$here/../data/chains/mixed-small.tar.zst}
minutes=${BLOCKEXECD_NUMA_MINUTES:-20}

for program in qemu-system-x86_64:qemu-system-x86 busybox:busybox-static cpio:cpio; do
    command -v "${program%%:*}" >/dev/null || { echo "${program%%:*} is missing: apt-get install --no-install-recommends ${program##*:}" >&2; exit 1; }
done

# The kernel: as installed package's file if one was downloaded before, else from Debian's archive.
if [ -z "$(ls "$work"/kernel/boot/vmlinuz-* 2>/dev/null)" ]; then
    package=$(apt-cache depends linux-image-cloud-amd64 | sed -n 's/.*Depends: \(linux-image-[0-9].*\)/\1/p' | head -n 1)
    [ -n "$package" ] || { echo "apt knows no linux-image-cloud-amd64: apt-get update" >&2; exit 1; }
    rm -rf "$work/kernel" && mkdir -p "$work/kernel"
    (cd "$work/kernel" && apt-get -q download "$package" && dpkg -x "$package"_*.deb . && rm -rf "$package"_*.deb lib usr)
fi
kernel=$(ls "$work"/kernel/boot/vmlinuz-* | tail -n 1)

# The guest: busybox, our program and the libraries that it needs, the chain.
root=$work/root
rm -rf "$root" && mkdir -p "$root"/{bin,proc,sys,dev,tmp,etc}
cp "$(command -v busybox)" "$root/bin/busybox"
cp "$blockexecd" "$root/bin/blockexecd"
cp "$chain" "$root/chain.tar.zst"
cp "$here/guest.sh" "$root/init"
chmod +x "$root/init"
ldd "$blockexecd" | sed -n 's/.*=> \(\/[^ ]*\) .*/\1/p; s/^[[:space:]]*\(\/[^ ]*ld-linux[^ ]*\) .*/\1/p' | while read -r library; do
    mkdir -p "$root$(dirname "$library")"
    cp -L "$library" "$root$library"
done
(cd "$root" && find . | cpio --quiet -o -H newc | gzip -1) >"$work/initramfs.gz"

# An Intel vendor, since emulated AMD processors tell no siblings. 8 CPUs: node 0 has 0-3 (two cores, two siblings each), node 1 has 4-7.
log=$work/console.log
timeout $((minutes * 60)) qemu-system-x86_64 -accel tcg,thread=multi -machine q35 -cpu max,vendor=GenuineIntel -m 4G \
    -smp 8,sockets=2,cores=2,threads=2 \
    -object memory-backend-ram,size=2G,id=m0 -object memory-backend-ram,size=2G,id=m1 \
    -numa node,nodeid=0,cpus=0-3,memdev=m0 -numa node,nodeid=1,cpus=4-7,memdev=m1 \
    -kernel "$kernel" -initrd "$work/initramfs.gz" -append "console=ttyS0 panic=-1 quiet no_timer_check nowatchdog rcupdate.rcu_cpu_stall_suppress=1" \
    -nographic -no-reboot -nic none </dev/null | tee "$log" | sed -u -n 's/\r$//; s/^.*numa: /numa: /p' || true
if grep -q 'numa: all as planned' "$log"; then
    exit 0
fi
echo "FAILED: the guest's console is in $log; its end:" >&2
tail -n 40 "$log" >&2
exit 1
