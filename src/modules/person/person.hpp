// The people of the organisation (clauses 1.2, 2.1); their table belongs to the room `access`, which needs
// them to know who acts.
#pragma once

#include "record/module.hpp"
#include "record/record.hpp"
#include "record/settings.hpp"

namespace yunzhi::modules {

struct Person : record::Record {
  describe::Line name;
  std::optional<describe::Ref<"unit">> unit;
  std::optional<describe::Line> post;
  std::optional<describe::Line> phone;
  std::optional<describe::Line> email;
  std::optional<describe::Line> crew;
  bool active = true;
};
BOOST_DESCRIBE_STRUCT(Person, (record::Record), (name, unit, post, phone, email, crew, active))

record::Module person(record::Settings const& settings);

}  // namespace yunzhi::modules
