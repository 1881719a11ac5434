// SPDX-License-Identifier: Apache-2.0
// The ecdsa builtin: signatures come from hints, and a pair of cells is verified as soon as it is
// complete.
#include <algorithm>

#include "vm/builtins/builtins.hpp"
#include "vm/crypto/ecdsa.hpp"

namespace blockexecd::vm {

namespace {

using AddressedSignature = std::pair<Relocatable, std::pair<Felt, Felt>>;

Error memory_error(std::string message) {
    return {ErrorKind::memory, std::move(message)};
}

}  // namespace

// Kept in the order of addresses, the one in which most of them come.
void Builtins::add_signature(const Relocatable& public_key, const Felt& r, const Felt& s,
                             bool overwrite) {
    const auto place =
        std::ranges::lower_bound(signatures_, public_key, {}, &AddressedSignature::first);
    if (place == signatures_.end() || place->first != public_key)
        signatures_.insert(place, {public_key, {r, s}});
    else if (overwrite)
        place->second = {r, s};
}

Result<void> Builtins::validate(const Memory& memory, const Relocatable& address) {
    const bool message_cell = address.offset % 2 == 1;
    const Relocatable key_address = message_cell ? address - 1 : address;
    const Relocatable message_address = key_address + 1;
    const auto key = memory.get(key_address);
    if (!key || !key->is_felt()) {
        if (message_cell)
            return {};
        return memory_error("ECDSA builtin: Expected public key at address " +
                            key_address.to_string() + " to be an integer");
    }
    const auto message = memory.get(message_address);
    if (!message || !message->is_felt()) {
        if (!message_cell)
            return {};
        return memory_error("ECDSA builtin: Expected message hash at address " +
                            message_address.to_string() + " to be an integer");
    }
    const auto found =
        std::ranges::lower_bound(signatures_, key_address, {}, &AddressedSignature::first);
    if (found == signatures_.end() || found->first != key_address)
        return memory_error("Signature hint is missing for ECDSA builtin at address " +
                            key_address.to_string() +
                            ".\n    Add it using 'ecdsa_builtin.add_signature'.");
    const auto& [r, s] = found->second;
    if (ecdsa_verify(key->felt(), message->felt(), r, s))
        return {};
    return memory_error("Signature (" + r.to_decimal() + ", " + s.to_decimal() +
                        "), is invalid, with respect to the public key " + key->to_string() +
                        ", \n    and the message hash " + message->to_string() + ".");
}

}  // namespace blockexecd::vm
