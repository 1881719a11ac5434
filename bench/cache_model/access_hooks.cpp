// SPDX-License-Identifier: Apache-2.0
// Where the compiler's hooks for memory accesses arrive. With BLOCKEXECD_ACCESS_TRACE every load
// and store of the VM that the optimiser left over calls one (GCC's instrumentation for its
// thread sanitizer, whose run-time library this file stands in for); without it nothing does, and
// the code is as ever. Registers that are spilled to the stack are not seen, nor is code of other
// libraries.
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "bench/cache_model/recorder.hpp"

namespace {

thread_local blockexecd::bench::Recorder* current = nullptr;

[[maybe_unused]] inline void record(const volatile void* address, std::size_t bytes) {
    if (current == nullptr)
        return;
    // The model's own accesses are not the VM's.
    auto* const recorder = std::exchange(current, nullptr);
    recorder->access(reinterpret_cast<std::uintptr_t>(address), bytes);
    current = recorder;
}

}  // namespace

namespace blockexecd::bench {

void set_recorder(Recorder* recorder) {
    current = recorder;
}

bool can_record() {
#if defined(BLOCKEXECD_ACCESS_TRACE)
    return true;
#else
    return false;
#endif
}

}  // namespace blockexecd::bench

#if defined(BLOCKEXECD_ACCESS_TRACE)
extern "C" {

// NOLINTBEGIN(bugprone-reserved-identifier): the compiler's names.
void __tsan_init() {}
void __tsan_func_entry(void*) {}
void __tsan_func_exit() {}
void __tsan_vptr_update(void** address, void*) {
    record(address, sizeof(void*));
}
void __tsan_vptr_read(void** address) {
    record(address, sizeof(void*));
}
void __tsan_read_range(void* address, std::size_t bytes) {
    if (bytes != 0)
        record(address, bytes);
}
void __tsan_write_range(void* address, std::size_t bytes) {
    if (bytes != 0)
        record(address, bytes);
}

#define HOOKS(bytes)                                    \
    void __tsan_read##bytes(void* address) {            \
        record(address, bytes);                         \
    }                                                   \
    void __tsan_write##bytes(void* address) {           \
        record(address, bytes);                         \
    }                                                   \
    void __tsan_unaligned_read##bytes(void* address) {  \
        record(address, bytes);                         \
    }                                                   \
    void __tsan_unaligned_write##bytes(void* address) { \
        record(address, bytes);                         \
    }
HOOKS(1)
HOOKS(2)
HOOKS(4)
HOOKS(8)
HOOKS(16)
#undef HOOKS

// The instrumentation replaces atomic operations by calls, so they have to be made here. All are
// sequentially consistent, which is never weaker than what was asked for.
#define FETCH(bits, type, name, builtin)                                         \
    type __tsan_atomic##bits##_##name(volatile type* address, type value, int) { \
        record(address, sizeof(type));                                           \
        return builtin(address, value, __ATOMIC_SEQ_CST);                        \
    }
#define ATOMICS(bits, type)                                                                     \
    type __tsan_atomic##bits##_load(const volatile type* address, int) {                        \
        record(address, sizeof(type));                                                          \
        return __atomic_load_n(address, __ATOMIC_SEQ_CST);                                      \
    }                                                                                           \
    void __tsan_atomic##bits##_store(volatile type* address, type value, int) {                 \
        record(address, sizeof(type));                                                          \
        __atomic_store_n(address, value, __ATOMIC_SEQ_CST);                                     \
    }                                                                                           \
    FETCH(bits, type, exchange, __atomic_exchange_n)                                            \
    FETCH(bits, type, fetch_add, __atomic_fetch_add)                                            \
    FETCH(bits, type, fetch_sub, __atomic_fetch_sub)                                            \
    FETCH(bits, type, fetch_and, __atomic_fetch_and)                                            \
    FETCH(bits, type, fetch_or, __atomic_fetch_or)                                              \
    FETCH(bits, type, fetch_xor, __atomic_fetch_xor)                                            \
    int __tsan_atomic##bits##_compare_exchange_strong(volatile type* address, type* expected,   \
                                                      type desired, int, int) {                 \
        record(address, sizeof(type));                                                          \
        return __atomic_compare_exchange_n(address, expected, desired, false, __ATOMIC_SEQ_CST, \
                                           __ATOMIC_SEQ_CST)                                    \
                   ? 1                                                                          \
                   : 0;                                                                         \
    }                                                                                           \
    int __tsan_atomic##bits##_compare_exchange_weak(volatile type* address, type* expected,     \
                                                    type desired, int a, int b) {               \
        return __tsan_atomic##bits##_compare_exchange_strong(address, expected, desired, a, b); \
    }
ATOMICS(8, std::uint8_t)
ATOMICS(16, std::uint16_t)
ATOMICS(32, std::uint32_t)
ATOMICS(64, std::uint64_t)
#undef ATOMICS
#undef FETCH

void __tsan_atomic_thread_fence(int) {
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
}
void __tsan_atomic_signal_fence(int) {
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
}

// Block operations, which the linker sends here (--wrap).
void* __real_memcpy(void* to, const void* from, std::size_t bytes);
void* __real_memmove(void* to, const void* from, std::size_t bytes);
void* __real_memset(void* to, int value, std::size_t bytes);
int __real_memcmp(const void* a, const void* b, std::size_t bytes);
void* __wrap_memcpy(void* to, const void* from, std::size_t bytes) {
    __tsan_read_range(const_cast<void*>(from), bytes);
    __tsan_write_range(to, bytes);
    return __real_memcpy(to, from, bytes);
}
void* __wrap_memmove(void* to, const void* from, std::size_t bytes) {
    __tsan_read_range(const_cast<void*>(from), bytes);
    __tsan_write_range(to, bytes);
    return __real_memmove(to, from, bytes);
}
void* __wrap_memset(void* to, int value, std::size_t bytes) {
    __tsan_write_range(to, bytes);
    return __real_memset(to, value, bytes);
}
int __wrap_memcmp(const void* a, const void* b, std::size_t bytes) {
    __tsan_read_range(const_cast<void*>(a), bytes);
    __tsan_read_range(const_cast<void*>(b), bytes);
    return __real_memcmp(a, b, bytes);
}
// NOLINTEND(bugprone-reserved-identifier)

}  // extern "C"
#endif
