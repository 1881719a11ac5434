// SPDX-License-Identifier: Apache-2.0
#include "executor/types/address.hpp"

#include <array>
#include <cstdint>

#include "vm/crypto/keccak.hpp"
#include "vm/crypto/pedersen.hpp"
#include "vm/crypto/pedersen_memo.hpp"

namespace blockexecd::executor {
namespace {

// 2^251 - 256: addresses and storage variables are taken modulo this, so that offsets from them
// stay in the domain.
constexpr Felt kAddressBound =
    Felt::from_canonical({0xffffffffffffff00ULL, ~0ULL, ~0ULL, 0x07ffffffffffffffULL});

// The bound is more than half the prime: one subtraction is enough.
Felt mod_address_bound(const Felt& value) {
    return value >= kAddressBound ? value - kAddressBound : value;
}

}  // namespace

ContractAddress contract_address(const ContractAddress& deployer, const Felt& salt,
                                 const ClassHash& class_hash,
                                 std::span<const Felt> constructor_calldata) {
    static const Felt prefix = Felt::from_ascii("STARKNET_CONTRACT_ADDRESS");
    const std::array elements{prefix, deployer, salt, class_hash,
                              vm::pedersen_array(constructor_calldata)};
    return mod_address_bound(vm::pedersen_array(elements));
}

EntryPointSelector selector_from_name(std::string_view name) {
    if (name == "__default__" || name == "__l1_default__")
        return {};
    return vm::sn_keccak(name);
}

StorageKey storage_var_address(std::string_view name, std::initializer_list<Felt> arguments) {
    Felt key = vm::sn_keccak(name);
    for (const Felt& argument : arguments)
        key = vm::remembered_pedersen(key, argument);
    return mod_address_bound(key);
}

StorageKey fee_token_balance_key(const ContractAddress& account) {
    return storage_var_address("ERC20_balances", {account});
}

}  // namespace blockexecd::executor
