// The register of systems (clauses 2.1.2, 4): what runs, who owns it, what it stands on, where its figures
// are read.
#pragma once

#include "record/module.hpp"
#include "record/record.hpp"
#include "record/settings.hpp"

namespace yunzhi::modules {

enum class Criticality { core, important, general };
BOOST_DESCRIBE_ENUM(Criticality, core, important, general)

enum class SystemState { planned, running, maintenance, retired };
BOOST_DESCRIBE_ENUM(SystemState, planned, running, maintenance, retired)

struct System : record::Record {
  describe::Line name;
  std::optional<describe::Prose> description;
  std::optional<describe::Ref<"person">> owner;
  std::optional<describe::Ref<"unit">> unit;
  Criticality criticality = Criticality::general;
  std::optional<describe::Line> address;  ///< host:port of its exporter
  describe::Refs<"system"> depends_on;
  SystemState state = SystemState::running;
};
BOOST_DESCRIBE_STRUCT(System, (record::Record),
                      (name, description, owner, unit, criticality, address, depends_on, state))

record::Module system(record::Settings const& settings);

}  // namespace yunzhi::modules
