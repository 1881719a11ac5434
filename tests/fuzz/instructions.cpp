// SPDX-License-Identifier: Apache-2.0
// Any bytes as instruction words, stack and data: the interpreter equals the slow model, step by
// step, with the fast loop, and with the fast loop while it traces.
#include "tests/fuzz/target.hpp"
#include "tests/vm/interpreter/model_run.hpp"

namespace blockexecd::fuzz {

namespace {

// Reads the input from the front; zeros behind its end.
class Reader {
  public:
    explicit Reader(Bytes input) : rest_(input) {}

    [[nodiscard]] bool empty() const { return rest_.empty(); }
    std::uint64_t number(std::size_t bytes) {
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < bytes; ++i) {
            value |= (rest_.empty() ? 0 : std::uint64_t{rest_[0]}) << (8 * i);
            if (!rest_.empty())
                rest_ = rest_.subspan(1);
        }
        return value;
    }
    // A number of one, eight or 32 bytes, a negative one, or an address.
    vm::Value value() {
        switch (const std::uint64_t kind = number(1); kind % 8) {
            case 0:
                return vm::Relocatable{1, number(1) % 32};
            case 1:
                return vm::Relocatable{static_cast<std::int32_t>(kind / 8 % 6), number(1)};
            case 2:
                return -vm::Felt(number(1));
            case 3:
                return vm::Felt(number(8));
            case 4:
                return vm::Felt::from_limbs_mod_p({number(8), number(8), number(8), number(8)});
            case 5:
                return vm::Felt(UINT64_MAX - number(1));
            default:
                return vm::Felt(number(1) % 16);
        }
    }

  private:
    Bytes rest_;
};

// `dst = op1`-like words whose offsets are small: most random words are none at all. The model has
// no opcode extensions (bit 63 and above).
vm::Felt instruction(Reader& reader) {
    std::uint64_t word = reader.number(8) & (UINT64_MAX >> 1);
    for (const unsigned shift : {0U, 16U, 32U}) {
        const std::uint64_t offset = word >> shift & 0xffff;
        if ((offset & 0x8000) == 0)  // near zero, by half of the encodings
            word = (word & ~(std::uint64_t{0xffff} << shift)) | (0x7ff8 + (offset & 15)) << shift;
    }
    return vm::Felt(word);
}

}  // namespace

void run_instructions(Bytes input) {
    Reader reader(input);
    vm::ModelProgram program;
    const std::size_t depth = 2 + reader.number(1) % 14;
    for (std::size_t i = 0; i < depth; ++i)
        program.stack.push_back(reader.value());
    program.frame = reader.number(1) % depth;
    for (int i = 0; i < 4; ++i)
        program.data.push_back(reader.value());
    program.bits = {vm::Felt(reader.number(2)), vm::Felt(reader.number(2))};
    while (!reader.empty() && program.words.size() < 80) {
        const vm::Felt word = instruction(reader);
        program.words.push_back(word);
        if ((word.limbs()[0] >> 50 & 7) == 1) {
            const vm::Value immediate = reader.value();
            program.words.push_back(immediate.is_felt() ? immediate.felt() : vm::Felt(2));
        }
    }
    static vm::Arena arena(std::size_t{64} << 20);
    for (const vm::ModelMode mode :
         {vm::ModelMode{false, false}, vm::ModelMode{true, false}, vm::ModelMode{true, true}})
        if (const auto result = compare_with_model(program, mode, arena);
            !result.difference.empty())
            broken(result.difference);
}

std::vector<std::string> seeds_instructions() {
    // [ap] = 5; ap++ and the like, a call, a loop, a return.
    const auto little_endian = [](std::uint64_t word) {
        std::string bytes(8, '\0');
        for (std::size_t i = 0; i < 8; ++i)
            bytes[i] = static_cast<char>(word >> (8 * i));
        return bytes;
    };
    const std::string prefix(
        "\x03\x06\x05\x06\x07\x00\x04\x06\x01\x00\x06\x02\x06\x03\x00\x05\x06\x07\x09\x00\x0b\x00",
        22);
    std::vector<std::string> seeds;
    for (const std::vector<std::uint64_t>& words :
         {std::vector<std::uint64_t>{0x480680017fff8000, 0x208b7fff7fff7ffe},
          {0x482480017ffc8000, 0x48307fff7ffe8000, 0x208b7fff7fff7ffe},
          {0x1104800180018000, 0x10780017fff7fff, 0x20680017fff7fff},
          {0x480280007ffd8000, 0x400280017ffd7fff, 0x402a7ffc7ffd7fff}}) {
        std::string seed = prefix;
        for (const std::uint64_t word : words) {
            seed += little_endian(word);
            if ((word >> 50 & 7) == 1)
                seed += std::string("\x06\x03", 2);
        }
        seeds.push_back(seed);
    }
    return seeds;
}

}  // namespace blockexecd::fuzz
