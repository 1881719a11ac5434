// SPDX-License-Identifier: Apache-2.0
// As the reference's vm_exception.rs, blanks and line ends included.
#include "vm/cairo0/program/annotations.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "vm/cairo0/program/evaluate.hpp"

namespace blockexecd::vm::cairo0 {

namespace {

// Nothing unless line `number` exists.
std::optional<std::string> source_line(const std::string& content, std::uint32_t number) {
    std::size_t at = 0;
    for (std::uint32_t line = 1; line < number; ++line) {
        const auto end = content.find('\n', at);
        if (end == content.npos)
            return std::nullopt;
        at = end + 1;
    }
    if (number == 0)
        return std::nullopt;
    return content.substr(at, content.find('\n', at) - at);
}

// The line and below it ^***^ under the place.
std::string location_marks(const SourceLocation& location, const std::string& content) {
    const auto line = source_line(content, location.start_line);
    if (!line)
        return {};
    const std::uint64_t start = std::max<std::uint64_t>(location.start_col, 1);
    const std::uint64_t end =
        location.start_line == location.end_line ? location.end_col : line->size() + 1;
    std::string marks = *line + "\n" + std::string(start - 1, ' ') + "^";
    if (end > start + 1)
        marks += std::string(end - start - 2, '*') + "^";
    return marks;
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
    for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

class Cairo0Annotations final : public ProgramAnnotations {
  public:
    Cairo0Annotations(std::shared_ptr<const std::vector<Reference>> references,
                      std::vector<ErrorAttribute> attributes,
                      std::shared_ptr<const DebugInfo> debug_info)
        : references_(std::move(references)),
          attributes_(std::move(attributes)),
          debug_info_(std::move(debug_info)) {}

    std::string error_attribute(const VirtualMachine& vm, std::uint64_t pc) const override {
        std::string text;
        for (const ErrorAttribute& attribute : attributes_)
            if (attribute.start_pc <= pc && pc < attribute.end_pc)
                text += "Error message: " + substituted(vm, attribute) + "\n";
        return text;
    }

    std::optional<std::string> located_message(std::uint64_t pc,
                                               std::optional<std::size_t> hint_index,
                                               const std::string& message) const override {
        const InstructionLocation* const place = find(pc);
        if (place == nullptr || (hint_index && *hint_index >= place->hints.size()))
            return std::nullopt;
        std::string text;
        const std::string* said = &message;
        for (const SourceLocation* location = hint_index ? &place->hints[*hint_index]
                                                         : &place->instruction;
             location != nullptr; location = location->parent.get()) {
            text = located_text(*location, *said) + "\n" + text;
            said = &location->parent_message;
        }
        return text;
    }

    std::optional<std::string> traceback_location(std::uint64_t pc,
                                                  const std::string& message) const override {
        const InstructionLocation* const place = find(pc);
        if (place == nullptr)
            return std::nullopt;
        return located_text(place->instruction, message);
    }

  private:
    const InstructionLocation* find(std::uint64_t pc) const {
        if (!debug_info_)
            return nullptr;
        const auto found = std::ranges::lower_bound(*debug_info_, pc, {}, &InstructionLocation::pc);
        return found == debug_info_->end() || found->pc != pc ? nullptr : &*found;
    }

    // Only references to felts that do not start from ap have a value here.
    std::optional<Value> simple_value(const VirtualMachine& vm, const ErrorAttribute& attribute,
                                      const NamedReference& id) const {
        const Reference& reference = (*references_)[id.reference];
        if ((reference.term1.is_register && reference.term1.reg == Register::ap) ||
            !reference.has_felt_type)
            return std::nullopt;
        return reference_value(vm, reference, attribute.ap_tracking);
    }

    std::string substituted(const VirtualMachine& vm, const ErrorAttribute& attribute) const {
        std::string text = attribute.value;
        std::string invalid;
        for (const NamedReference& id : attribute.ids) {
            const std::string placeholder = "{" + id.name + "}";
            if (text.find(placeholder) == text.npos)
                continue;
            if (const auto value = simple_value(vm, attribute, id))
                replace_all(text, placeholder, value->to_string());
            else
                invalid += "'" + id.name + "'";
        }
        if (!invalid.empty())
            text += " (Cannot evaluate ap-based or complex references: [" + invalid + "])";
        return text;
    }

    std::shared_ptr<const std::vector<Reference>> references_;
    std::vector<ErrorAttribute> attributes_;
    std::shared_ptr<const DebugInfo> debug_info_;
};

}  // namespace

std::string located_text(const SourceLocation& location, const std::string& message) {
    std::string text = location.file + ":" + std::to_string(location.start_line) + ":" +
                       std::to_string(location.start_col) + (message.empty() ? "" : ": ") + message;
    std::ifstream file(location.file, std::ios::binary);
    if (file) {
        const std::string content{std::istreambuf_iterator<char>(file), {}};
        text += "\n" + location_marks(location, content);
    }
    return text;
}

std::shared_ptr<const ProgramAnnotations> make_annotations(
    std::shared_ptr<const std::vector<Reference>> references,
    std::vector<ErrorAttribute> attributes, std::shared_ptr<const DebugInfo> debug_info) {
    return std::make_shared<Cairo0Annotations>(std::move(references), std::move(attributes),
                                               std::move(debug_info));
}

}  // namespace blockexecd::vm::cairo0
