// What every record has, whatever its family.
#pragma once

#include <boost/describe.hpp>

#include "describe/struct.hpp"

namespace yunzhi::record {

using describe::Line;

struct Record {
  Line id;
  Line number;
  Instant created_at{};
  Line created_by;  ///< person id, or "system:<part>"
  Instant updated_at{};
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(Record, (), (id, number, created_at, created_by, updated_at, version))

}  // namespace yunzhi::record
