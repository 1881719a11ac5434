// SPDX-License-Identifier: Apache-2.0
#include <openssl/evp.h>

#include <array>
#include <memory>

#include "storage/database/database.hpp"
#include "storage/database/options.hpp"
#include "storage/database/status.hpp"

namespace blockexecd::storage {

namespace {

class Sha256 {
  public:
    Sha256() : context_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
        EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr);
    }
    // The length goes first, so that different splits of the same bytes differ.
    void add(std::string_view bytes) {
        std::array<std::uint8_t, 8> length{};
        for (std::size_t i = 0; i < 8; ++i)
            length[i] = static_cast<std::uint8_t>(bytes.size() >> (56 - 8 * i));
        EVP_DigestUpdate(context_.get(), length.data(), length.size());
        EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size());
    }
    std::string hex() {
        std::array<std::uint8_t, EVP_MAX_MD_SIZE> bytes{};
        unsigned size = 0;
        EVP_DigestFinal_ex(context_.get(), bytes.data(), &size);
        std::string text;
        for (unsigned i = 0; i < size; ++i)
            for (const auto digit : {bytes[i] >> 4, bytes[i] & 15})
                text.push_back("0123456789abcdef"[digit]);
        return text;
    }

  private:
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

}  // namespace

Result<std::string> Database::digest() const {
    Sha256 hash;
    auto options = scan_read_options();
    rocksdb::ManagedSnapshot snapshot(rocks_.get());
    options.snapshot = snapshot.snapshot();
    for (std::size_t i = 0; i < kColumnCount; ++i) {
        const auto column = static_cast<Column>(i);
        if (column == Column::timings || column == Column::access_sets)
            continue;
        hash.add(kColumns[i].name);
        const std::unique_ptr<rocksdb::Iterator> entries(rocks_->NewIterator(options, columns_[i]));
        for (entries->SeekToFirst(); entries->Valid(); entries->Next()) {
            hash.add(entries->key().ToStringView());
            hash.add(entries->value().ToStringView());
        }
        BX_CHECK(to_result(entries->status()));
    }
    return hash.hex();
}

}  // namespace blockexecd::storage
