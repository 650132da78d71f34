// Departments and teams (clause 1.2); their table belongs to the room `access`, which needs the tree.
#pragma once

#include "record/module.hpp"
#include "record/record.hpp"
#include "record/settings.hpp"

namespace yunzhi::modules {

struct Unit : record::Record {
  describe::Line name;
  std::optional<describe::Ref<"unit">> parent;
  std::optional<describe::Line> kind;
};
BOOST_DESCRIBE_STRUCT(Unit, (record::Record), (name, parent, kind))

record::Module unit(record::Settings const& settings);

}  // namespace yunzhi::modules
