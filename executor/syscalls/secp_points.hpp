// SPDX-License-Identifier: Apache-2.0
// The curve points that one frame has made. A program holds them by address: cells of one shared
// segment that are never written, six a point, numbered over both curves.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "vm/crypto/secp.hpp"
#include "vm/error.hpp"
#include "vm/memory/memory.hpp"

namespace blockexecd::executor {

class SecpPoints {
  public:
    // The address of the new point; the segment is made with the first.
    vm::Relocatable add(vm::Memory& memory, vm::SecpCurve curve, const vm::SecpPoint& point);
    // Error: no point of that curve has this address.
    [[nodiscard]] vm::Result<vm::SecpPoint> find(vm::SecpCurve curve,
                                                 const vm::Relocatable& address) const;

  private:
    struct CurvePoint {
        vm::SecpCurve curve;
        vm::SecpPoint point;
    };
    std::optional<vm::Relocatable> base_;
    std::vector<CurvePoint> points_;
};

}  // namespace blockexecd::executor
