// SPDX-License-Identifier: Apache-2.0
#include "storage/history/class_loader.hpp"

#include "executor/classes/class_codec.hpp"
#include "storage/database/chain.hpp"

namespace blockexecd::storage {

ClassLoader make_class_loader(std::shared_ptr<const Database> database,
                              std::shared_ptr<executor::ClassCache> cache) {
    auto load = [database = std::move(database)](const executor::ClassHash& class_hash)
        -> vm::Result<std::shared_ptr<const executor::CompiledClass>> {
        const auto binary = read_class_binary(*database, class_hash);
        if (!binary)
            return vm::Error(vm::ErrorKind::host, "class " + class_hash.to_hex() +
                                                      " cannot be read: " + binary.error().message);
        if (!*binary)
            return std::shared_ptr<const executor::CompiledClass>();
        const auto& bytes = **binary;
        return executor::decode_class(
            {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
    };
    return [cache = std::move(cache), load = executor::ClassCache::Load(std::move(load))](
               const executor::ClassHash& class_hash) { return cache->get(class_hash, load); };
}

}  // namespace blockexecd::storage
