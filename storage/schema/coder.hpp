// SPDX-License-Identifier: Apache-2.0
// The binary codec's two coders. A type lists its fields once, for both directions
// (storage/schema/fields.hpp): an Encoder appends them, a Decoder reads them back and stops at the
// first byte that no Encoder writes.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "executor/types/ids.hpp"

namespace blockexecd::storage {

// How many values an enum has; a codec needs it for every enum that it reads.
template <class E>
inline constexpr std::uint64_t kEnumSize = 0;

// Integers: LEB128. Felts and 128-bit integers: one length byte, then big-endian bytes without
// leading zeros. Lists: count, then elements. Optionals: 0 or 1, then the value.
class Encoder {
  public:
    [[nodiscard]] std::string take() { return std::move(out_); }

    template <class... Ts>
    void operator()(const Ts&... values) {
        (put(values), ...);
    }

  private:
    void put(bool value) { out_.push_back(value ? 1 : 0); }
    template <std::unsigned_integral T>
    void put(T value) {
        std::uint64_t rest = value;
        for (; rest >= 0x80; rest >>= 7)
            out_.push_back(static_cast<char>(0x80 | (rest & 0x7f)));
        out_.push_back(static_cast<char>(rest));
    }
    template <std::signed_integral T>
    void put(T value) {
        const auto wide = static_cast<std::int64_t>(value);  // zigzag: small magnitudes are short
        put((static_cast<std::uint64_t>(wide) << 1) ^ static_cast<std::uint64_t>(wide >> 63));
    }
    template <class E>
        requires std::is_enum_v<E>
    void put(E value) {
        static_assert(kEnumSize<E> != 0);
        put(static_cast<std::uint64_t>(value));
    }
    void put(const vm::Felt& value) { put_limbs(value.limbs()); }
    void put(const executor::u128& value) {
        put_limbs(
            {static_cast<std::uint64_t>(value), static_cast<std::uint64_t>(value >> 64), 0, 0});
    }
    void put(const std::string& text) {
        put(static_cast<std::uint64_t>(text.size()));
        out_ += text;
    }
    template <class T>
    void put(const std::optional<T>& value) {
        put(value.has_value());
        if (value)
            put(*value);
    }
    template <class T>
    void put(const std::vector<T>& values) {
        put_list(values);
    }
    template <class T>
    void put(const std::set<T>& values) {
        put_list(values);
    }
    template <class K, class V>
    void put(const std::map<K, V>& values) {
        put_list(values);
    }
    template <class A, class B>
    void put(const std::pair<A, B>& value) {
        put(value.first);
        put(value.second);
    }
    template <class T, std::size_t N>
    void put(const std::array<T, N>& values) {
        for (const auto& value : values)
            put(value);
    }
    template <class T>
        requires requires(Encoder& coder, const T& value) { fields(coder, value); }
    void put(const T& value) {
        fields(*this, value);
    }

    template <class L>
    void put_list(const L& values) {
        put(static_cast<std::uint64_t>(values.size()));
        for (const auto& value : values)
            put(value);
    }
    void put_limbs(const vm::Felt::Limbs& limbs) {
        std::size_t size = 32;
        const auto byte = [&](std::size_t i) {
            return static_cast<char>(limbs[i / 8] >> (8 * (i % 8)));
        };
        while (size > 0 && byte(size - 1) == 0)
            --size;
        out_.push_back(static_cast<char>(size));
        while (size-- > 0)
            out_.push_back(byte(size));
    }

    std::string out_;
};

// After the first failure nothing more is read and every value is left as it was.
class Decoder {
  public:
    explicit Decoder(std::string_view bytes) : bytes_(bytes) {}

    // Empty, or why and at which byte the bytes are no encoding.
    [[nodiscard]] const std::string& failure() const { return failure_; }
    void finish() {
        if (failure_.empty() && at_ != bytes_.size())
            fail("bytes after the end");
    }

    template <class... Ts>
    void operator()(Ts&... values) {
        (get(values), ...);
    }

  private:
    void fail(std::string_view reason) {
        if (failure_.empty())
            failure_ = std::string(reason) + " at byte " + std::to_string(at_) + " of " +
                       std::to_string(bytes_.size());
    }
    [[nodiscard]] std::uint8_t byte() {
        if (at_ == bytes_.size())
            fail("unexpected end");
        return failure_.empty() ? static_cast<std::uint8_t>(bytes_[at_++]) : 0;
    }
    void get(bool& value) {
        const auto read = byte();
        if (read > 1)
            fail("not a boolean");
        value = read == 1;
    }
    template <std::unsigned_integral T>
    void get(T& value) {
        std::uint64_t read = 0;
        for (unsigned shift = 0;; shift += 7) {
            const auto next = byte();
            const std::uint64_t part = next & 0x7f;
            if (shift > 63 || (part << shift) >> shift != part || (next == 0 && shift > 0))
                return fail("integer out of range or not in its shortest form");
            read |= part << shift;
            if (next < 0x80)
                break;
        }
        if (read > T(-1))
            return fail("integer out of range");
        if (failure_.empty())
            value = static_cast<T>(read);
    }
    template <std::signed_integral T>
    void get(T& value) {
        std::uint64_t read = 0;
        get(read);
        const auto wide = static_cast<std::int64_t>((read >> 1) ^ (~(read & 1) + 1));
        if (wide != static_cast<T>(wide))
            return fail("integer out of range");
        value = static_cast<T>(wide);
    }
    template <class E>
        requires std::is_enum_v<E>
    void get(E& value) {
        std::uint64_t read = 0;
        get(read);
        if (read >= kEnumSize<E>)
            return fail("unknown kind " + std::to_string(read));
        value = static_cast<E>(read);
    }
    void get(vm::Felt& value) {
        const auto limbs = get_limbs();
        auto below = false;
        for (std::size_t i = 4; i-- > 0 && !below;) {
            if (limbs[i] > vm::Felt::kPrime[i])
                return fail("not a felt");
            below = limbs[i] < vm::Felt::kPrime[i];
        }
        if (!below)
            return fail("not a felt");
        value = vm::Felt::from_canonical(limbs);
    }
    void get(executor::u128& value) {
        const auto limbs = get_limbs();
        if ((limbs[2] | limbs[3]) != 0)
            return fail("integer over 128 bits");
        value = static_cast<executor::u128>(limbs[1]) << 64 | limbs[0];
    }
    void get(std::string& text) {
        const auto size = get_count();
        if (failure_.empty()) {
            text = bytes_.substr(at_, size);
            at_ += size;
        }
    }
    template <class T>
    void get(std::optional<T>& value) {
        bool present = false;
        get(present);
        if (present)
            get(value.emplace());
        else
            value.reset();
    }
    template <class T>
    void get(std::vector<T>& values) {
        const auto count = get_count();
        values.clear();
        values.reserve(
            std::min<std::size_t>(count, 4096));  // the count alone must not claim memory
        for (std::size_t i = 0; i < count && failure_.empty(); ++i)
            get(values.emplace_back());
    }
    template <class T>
    void get(std::set<T>& values) {
        const auto count = get_count();
        values.clear();
        for (std::size_t i = 0; i < count && failure_.empty(); ++i) {
            T value{};
            get(value);
            if (!values.empty() && !(*values.rbegin() < value))
                return fail("keys are not ascending");
            values.insert(values.end(), std::move(value));
        }
    }
    template <class K, class V>
    void get(std::map<K, V>& values) {
        const auto count = get_count();
        values.clear();
        for (std::size_t i = 0; i < count && failure_.empty(); ++i) {
            std::pair<K, V> entry;
            get(entry.first);
            get(entry.second);
            if (!values.empty() && !(values.rbegin()->first < entry.first))
                return fail("keys are not ascending");
            values.insert(values.end(), std::move(entry));
        }
    }
    template <class A, class B>
    void get(std::pair<A, B>& value) {
        get(value.first);
        get(value.second);
    }
    template <class T, std::size_t N>
    void get(std::array<T, N>& values) {
        for (auto& value : values)
            get(value);
    }
    template <class T>
        requires requires(Decoder& coder, T& value) { fields(coder, value); }
    void get(T& value) {
        if (failure_.empty())
            fields(*this, value);
    }

    // Every element takes a byte at least, so a count beyond what is left is damage.
    std::size_t get_count() {
        std::uint64_t count = 0;
        get(count);
        if (count > bytes_.size() - at_) {
            fail("count beyond the end");
            return 0;
        }
        return count;
    }
    vm::Felt::Limbs get_limbs() {
        vm::Felt::Limbs limbs{};
        const std::size_t size = byte();
        if (size > 32) {
            fail("number over 32 bytes");
            return limbs;
        }
        for (std::size_t i = size; i-- > 0;) {
            const auto next = byte();
            if (next == 0 && i + 1 == size)
                fail("number not in its shortest form");
            limbs[i / 8] |= static_cast<std::uint64_t>(next) << (8 * (i % 8));
        }
        return limbs;
    }

    std::string_view bytes_;
    std::size_t at_ = 0;
    std::string failure_;
};

}  // namespace blockexecd::storage
