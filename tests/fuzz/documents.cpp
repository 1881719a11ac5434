// SPDX-License-Identifier: Apache-2.0
// Settings (TOML), and the block and state update of an archive (JSON).
#include "config/load.hpp"
#include "config/reference.hpp"
#include "storage/archive/block_json.hpp"
#include "tests/fuzz/chain.hpp"
#include "tests/fuzz/target.hpp"

namespace blockexecd::fuzz {

namespace {

// Reads with `read` and, where nothing was wrong, has a value.
template <class Read>
void read_document(Bytes input, Read&& read) {
    const auto file = storage::JsonFile::parse(text_of(input), "file");
    if (file.has_error()) {
        if (file.error().message.empty())
            broken("an error without a text");
        return;
    }
    (void)read((*file)->root());
    if ((*file)->failure() && (*file)->failure()->message.empty())
        broken("an error without a text");
}

}  // namespace

void run_settings(Bytes input) {
    const config::Loaded loaded = config::load_text(text_of(input), "blockexecd.toml");
    for (const config::Problem& problem : loaded.problems)
        if (problem.to_string().empty())
            broken("a problem without a text");
    if (!loaded.problems.empty())
        return;
    // What is taken can be written down and taken again.
    if (!config::load_text(config::effective_text(loaded), "again").problems.empty())
        broken("print-config writes what is refused");
}

std::vector<std::string> seeds_settings() {
    return {read_file("config/default.toml"),
            "[execution]\nvms = 2\n[placement]\nvm_cpus = \"0-3,5\"\n"};
}

void run_archive_block(Bytes input) {
    read_document(input, storage::read_block_json);
}
std::vector<std::string> seeds_archive_block() {
    return chain_documents("blocks");
}

void run_archive_state_update(Bytes input) {
    read_document(input, storage::read_state_update_json);
}
std::vector<std::string> seeds_archive_state_update() {
    return chain_documents("state_updates");
}

}  // namespace blockexecd::fuzz
