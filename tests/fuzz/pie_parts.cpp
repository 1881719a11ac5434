// SPDX-License-Identifier: Apache-2.0
// Cairo PIEs by their parts, packed into an archive that is never damaged: what is hostile are
// metadata.json, execution_resources.json, additional_data.json and memory.bin.
#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <memory>

#include "tests/fuzz/target.hpp"
#include "vm/cairo0/pie/archive.hpp"

namespace blockexecd::fuzz {

namespace {

constexpr std::array kParts{"metadata.json", "execution_resources.json", "additional_data.json",
                            "memory.bin"};
constexpr std::size_t kHeadBytes = 4096;  // of the archive, beside the parts

void add_entry(archive* zip, const char* name, Bytes content) {
    const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(archive_entry_new(),
                                                                         archive_entry_free);
    archive_entry_set_pathname(entry.get(), name);
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(content.size()));
    if (archive_write_header(zip, entry.get()) != ARCHIVE_OK ||
        archive_write_data(zip, content.data(), content.size()) !=
            static_cast<la_ssize_t>(content.size()))
        broken("the archive cannot be made");
}

}  // namespace

// Each part but the last has its length in front, in two bytes.
void run_cairo_pie_parts(Bytes input) {
    std::string bytes(input.size() + kHeadBytes, '\0');
    std::size_t used = 0;
    const std::unique_ptr<archive, int (*)(archive*)> zip(archive_write_new(), archive_write_free);
    archive_write_set_format_zip(zip.get());
    archive_write_set_options(zip.get(), "zip:compression=store");
    archive_write_set_bytes_in_last_block(zip.get(), 1);
    archive_write_open_memory(zip.get(), bytes.data(), bytes.size(), &used);
    for (const char* const name : kParts) {
        std::size_t length = input.size();
        if (name != kParts.back()) {
            if (input.size() < 2)
                return;
            length = std::min<std::size_t>(input[0] | input[1] << 8, input.size() - 2);
            input = input.subspan(2);
        }
        add_entry(zip.get(), name, input.first(length));
        input = input.subspan(length);
    }
    if (archive_write_close(zip.get()) != ARCHIVE_OK)
        broken("the archive cannot be made");
    run_cairo_pie(bytes_of(std::string_view(bytes).substr(0, used)));
}

std::vector<std::string> seeds_cairo_pie_parts() {
    std::vector<std::string> seeds;
    for (const std::string& pie : seeds_cairo_pie()) {
        auto reader = vm::cairo0::PieArchiveReader::from_bytes(std::as_bytes(bytes_of(pie)));
        if (reader.check_entries().has_error())
            broken("a PIE of the tests is no archive");
        std::string seed;
        for (const char* const name : kParts) {
            const std::string part = reader.read(name, std::uint64_t{1} << 20).value();
            if (name != kParts.back())
                seed +=
                    {static_cast<char>(part.size() & 0xff), static_cast<char>(part.size() >> 8)};
            seed += part;
        }
        seeds.push_back(seed);
    }
    return seeds;
}

}  // namespace blockexecd::fuzz
