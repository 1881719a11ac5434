// SPDX-License-Identifier: Apache-2.0
// The one list of options. From it come the settings structs, parsing, range checks, print-config,
// the names of environment variables and flags, and the commented reference config/default.toml. To
// add an option, add a row.
#pragma once

// O(section, key, type, default, range, unit, change, documentation)
//   type    Integer | Boolean | Text
//   range   between(low, high) | one_of("a|b") | any()
//   change  live (may change while the daemon runs) | restart
// clang-format off
#define BLOCKEXECD_STORAGE_OPTIONS(O) \
    O(storage, path, Text, "run/db", any(), "", restart, \
      "Folder of the embedded RocksDB. It is made when it is missing; one process can open it at a time.") \
    O(storage, block_cache_mb, Integer, 256, between(8, 1048576), "MiB", restart, \
      "Memory for uncompressed blocks of the database, shared by all column families.") \
    O(storage, sync_results, Boolean, false, any(), "", restart, \
      "Flush each block's results to the disk before they count as done. Without it a power cut (not a kill) may lose the " \
      "latest results, which are then executed again.")

#define BLOCKEXECD_INBOX_OPTIONS(O) \
    O(inbox, folder, Text, "", any(), "", restart, \
      "Folder that is watched for archives. An archive that appears in it is imported and executed. Move archives in with a " \
      "rename, so that they are never seen half written. Empty: no folder is watched.")

#define BLOCKEXECD_EXECUTION_OPTIONS(O) \
    O(execution, vms, Integer, 0, between(0, 4096), "VMs", restart, \
      "Number of Cairo VMs, each on a thread of its own that is pinned to one CPU. 0: one for each CPU of the plan.") \
    O(execution, state, Text, "recorded", one_of("recorded|computed"), "", restart, \
      "What a block starts from. recorded: the state that the chain's state updates say; blocks are independent and run in " \
      "parallel (verification). computed: the state that this program computed itself; blocks run in order (following).") \
    O(execution, read_ahead_blocks, Integer, 0, between(0, 65536), "blocks", restart, \
      "Blocks that may be in memory at once: read, being executed, or waiting to be written. 0: three for each VM.") \
    O(execution, read_ahead_mb, Integer, 256, between(1, 1048576), "MiB", restart, \
      "Memory for these blocks as read, however many they are; the block that reaches it may exceed it. Their results need about as much.") \
    O(execution, giant_block_transactions, Integer, 500, between(0, 1048576), "transactions", restart, \
      "With recorded state, a block with at least this many transactions is executed by all VMs that become free, instead of " \
      "by one. 0: only the last blocks of a range are. With computed state every block is.") \
    O(execution, on_mismatch, Text, "continue", one_of("continue|stop"), "", live, \
      "continue: execute every block and list all mismatches. stop: begin no further block after the first mismatch.") \
    O(execution, bundle_folder, Text, "run/mismatches", any(), "", restart, \
      "Folder for one JSON file per mismatching block: block, transaction, field, expected, actual, versions. Empty: none is written.") \
    O(execution, class_cache_mb, Integer, 512, between(16, 1048576), "MiB", restart, \
      "Memory for decoded classes, which all VMs share.")

#define BLOCKEXECD_PLACEMENT_OPTIONS(O) \
    O(placement, smt, Text, "none", one_of("none|second|all"), "", restart, \
      "Use of SMT siblings. none: one VM a physical core. second: siblings too, after every core has a VM. all: the siblings " \
      "of a core are filled before the next core.") \
    O(placement, nodes, Text, "", any(), "", restart, \
      "NUMA nodes for VMs, as a list such as 0,2-3. Empty: all.") \
    O(placement, cpus, Text, "", any(), "", restart, \
      "CPUs for VMs in the order of use, as a list such as 2-7,10. Empty: chosen by smt and nodes. Otherwise smt and nodes must be left alone.") \
    O(placement, oversubscribe, Boolean, true, any(), "", restart, \
      "Take more VMs than planned CPUs, with a warning: several VMs then share a CPU. false: refuse.") \
    O(placement, memory, Text, "first_touch", one_of("first_touch|bind|interleave"), "", restart, \
      "Where a VM's memory is. first_touch: on the NUMA node of its CPU while there is room, else on another. bind: on that node " \
      "only; when it is full, the kernel ends the process. interleave: pages take turns over the nodes, for comparisons.") \
    O(placement, huge_pages, Boolean, true, any(), "", restart, \
      "Ask the kernel for transparent huge pages for the VMs' cells.") \
    O(placement, service_cpus, Text, "", any(), "", restart, \
      "CPUs for all threads that are not VMs (database, admin endpoint, reading, writing). Empty: all that the process may use.")

#define BLOCKEXECD_ADMIN_OPTIONS(O) \
    O(admin, enabled, Boolean, true, any(), "", restart, \
      "Serve the admin endpoint.") \
    O(admin, address, Text, "127.0.0.1", any(), "", restart, \
      "Address of the admin endpoint. It has no authentication, so only loopback addresses are taken.") \
    O(admin, port, Integer, 9780, between(0, 65535), "", restart, \
      "TCP port of the admin endpoint. 0: any free port; the log tells which.") \
    O(admin, max_body_kb, Integer, 64, between(1, 65536), "KiB", restart, \
      "Largest request body.") \
    O(admin, timeout_seconds, Integer, 10, between(1, 3600), "s", restart, \
      "Time for a client to send a request or take a response.") \
    O(admin, max_connections, Integer, 64, between(1, 4096), "connections", restart, \
      "Connections open at once; further ones are closed.")

#define BLOCKEXECD_LOG_OPTIONS(O) \
    O(log, level, Text, "info", one_of("trace|debug|info|warn|error"), "", live, \
      "Least severity that is logged.") \
    O(log, format, Text, "auto", one_of("auto|text|json"), "", restart, \
      "auto: readable on a terminal or in a file, one JSON object a line when the output is systemd's journal.") \
    O(log, progress_seconds, Integer, 5, between(1, 3600), "s", live, \
      "Time between two progress lines while blocks are executed.")

// S(section, macro of its options, documentation)
#define BLOCKEXECD_SECTIONS(S) \
    S(storage, BLOCKEXECD_STORAGE_OPTIONS, "The embedded database.") \
    S(inbox, BLOCKEXECD_INBOX_OPTIONS, "Archives that arrive while the daemon runs.") \
    S(execution, BLOCKEXECD_EXECUTION_OPTIONS, "What is executed and how far ahead.") \
    S(placement, BLOCKEXECD_PLACEMENT_OPTIONS, "Which CPUs the VMs are pinned to; `blockexecd topology` prints the plan.") \
    S(admin, BLOCKEXECD_ADMIN_OPTIONS, "HTTP on loopback: health, metrics, blocks, imports.") \
    S(log, BLOCKEXECD_LOG_OPTIONS, "Log and progress lines, on standard error.")
// clang-format on
