// SPDX-License-Identifier: Apache-2.0
#include "bench/cache_model/hierarchy.hpp"

namespace blockexecd::bench {

MissCounts& MissCounts::operator+=(const MissCounts& other) {
    accesses += other.accesses;
    l1 += other.l1;
    l2 += other.l2;
    l3 += other.l3;
    return *this;
}

Hierarchy::Hierarchy(const MachineShape& shape, std::size_t vms) {
    const std::size_t groups = shape.cores / shape.cores_per_l3;
    for (std::size_t vm = 0; vm < vms; ++vm) {
        const std::size_t turn = vm % shape.cores;
        const std::size_t group = turn % groups;
        sites_.push_back({group * shape.cores_per_l3 + turn / groups, group});
    }
    l1_.assign(shape.cores, Cache(shape.l1));
    if (shape.l2.bytes != 0)
        l2_.assign(shape.cores, Cache(shape.l2));
    l3_.assign(groups, Cache(shape.l3));
}

}  // namespace blockexecd::bench
