// SPDX-License-Identifier: Apache-2.0
// Names and addresses that are hashes: contract addresses, entry point selectors, storage variables
// (starknet_api core.rs, abi_utils.rs).
#pragma once

#include <initializer_list>
#include <span>
#include <string_view>

#include "executor/types/ids.hpp"

namespace blockexecd::executor {

// `deployer` is 0 for deploy_account and for deploy with deploy_from_zero.
ContractAddress contract_address(const ContractAddress& deployer, const Felt& salt,
                                 const ClassHash& class_hash,
                                 std::span<const Felt> constructor_calldata);

// 0 for "__default__" and "__l1_default__".
EntryPointSelector selector_from_name(std::string_view name);

// The first key of the variable `name`, or of its entry at `arguments` when it is a map.
StorageKey storage_var_address(std::string_view name, std::initializer_list<Felt> arguments = {});

// The key of the low half of an account's balance in an ERC-20 contract; the high half is at the
// next key.
StorageKey fee_token_balance_key(const ContractAddress& account);

}  // namespace blockexecd::executor
