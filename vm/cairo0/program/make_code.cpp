// SPDX-License-Identifier: Apache-2.0
// Resolves a program's hints: texts to functions, names to numbers. This is the last time that
// either is looked at as text.
#include "vm/cairo0/hints/context.hpp"
#include "vm/cairo0/hints/registry.hpp"
#include "vm/cairo0/program/annotations.hpp"
#include "vm/cairo0/program/program.hpp"

namespace blockexecd::vm::cairo0 {

namespace {

// What the operands of one program's hints point into.
struct ResolvedProgram {
    std::shared_ptr<const std::vector<Reference>> references;
    HintConstants constants;
    std::vector<HintOperands::Id> ids;
    std::vector<HintOperands> operands;
};

std::optional<Felt> find_constant(const std::vector<NamedConstant>& constants,
                                  const ConstantSource& source) {
    for (const NamedConstant& constant : constants)
        if (constant.path == source.path)
            return constant.value;
    if (!source.last_component.empty())
        for (const NamedConstant& constant : constants)
            if (constant.path.substr(constant.path.rfind('.') + 1) == source.last_component)
                return constant.value;
    return std::nullopt;
}

// Precondition: the program's lists have room.
void resolve(const HintSource& source, ResolvedProgram& program) {
    HintOperands& operands = program.operands.emplace_back();
    operands.ap_tracking = source.ap_tracking;
    operands.constants = &program.constants;
    for (const HintId& id : source.ids) {
        const Reference& reference = (*program.references)[id.reference];
        program.ids.push_back({id.name, &reference, NearReference(reference, source.ap_tracking)});
    }
    operands.ids = std::span(program.ids).last(source.ids.size());
    // A system call without a handler says its text.
    if (source.known == nullptr || source.known->name.starts_with("SYSCALL_"))
        operands.code = source.text();
}

}  // namespace

std::shared_ptr<const Code> make_code(std::span<const Felt> words, const ProgramExtra& extra,
                                      std::shared_ptr<const DebugInfo> debug_info) {
    auto program = std::make_shared<ResolvedProgram>();
    program->references = extra.references;
    for (std::size_t i = 0; i < kConstantCount; ++i)
        program->constants.values[i] = find_constant(extra.constants, constants::kSources[i]);
    program->operands.reserve(extra.hints.size());
    std::size_t ids = 0;
    for (const HintSource& source : extra.hints)
        ids += source.ids.size();
    program->ids.reserve(ids);
    HintTable table;
    table.hints.reserve(extra.hints.size());
    table.ranges.reserve(extra.hints.size());
    for (const HintSource& source : extra.hints) {
        resolve(source, *program);
        table.add(source.pc,
                  source.known == nullptr ? unknown_hint_function() : source.known->function,
                  &program->operands.back());
    }
    std::shared_ptr<const ProgramAnnotations> annotations;
    if (!extra.attributes.empty() || debug_info)
        annotations =
            make_annotations(program->references, extra.attributes, std::move(debug_info));
    table.operands.push_back(std::move(program));
    return Code::make(words, std::move(table), std::move(annotations));
}

}  // namespace blockexecd::vm::cairo0
