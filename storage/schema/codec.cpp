// SPDX-License-Identifier: Apache-2.0
// Instantiates the codec for every type that is a value in the database.
#include "storage/schema/codec.hpp"

#include "storage/schema/fields.hpp"

namespace blockexecd::storage {

template <class T>
std::string encode(const T& value) {
    Encoder encoder;
    encoder(value);
    return encoder.take();
}

template <class T>
Result<T> decode(std::string_view bytes, std::string_view what) {
    T value{};
    Decoder decoder(bytes);
    decoder(value);
    decoder.finish();
    if (!decoder.failure().empty())
        return Error{ErrorCode::corrupt,
                     "stored " + std::string(what) + " cannot be read: " + decoder.failure()};
    return value;
}

#define X(...)                                                    \
    template std::string encode<__VA_ARGS__>(const __VA_ARGS__&); \
    template Result<__VA_ARGS__> decode<__VA_ARGS__>(std::string_view, std::string_view);
X(executor::ChainInfo)
X(StoredHeader)
X(BlockRange)
X(std::vector<executor::Transaction>)
X(std::vector<executor::Receipt>)
X(executor::StateUpdate)
X(executor::StateDiff)
X(OutcomeRecord)
X(DeclarationRecord)
X(BlockTimings)
X(executor::BlockAccessSets)
#undef X

}  // namespace blockexecd::storage
