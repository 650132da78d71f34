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
  describe::Line target_template = "node";  ///< of the pack: how its figures are asked for
  std::optional<describe::Line> address;    ///< where: host:port of its exporter, or what the template says
  std::optional<describe::Line> probe;      ///< what its users would try, see probe_line.hpp
  describe::Refs<"system"> depends_on;
  SystemState state = SystemState::running;
};
BOOST_DESCRIBE_STRUCT(System, (record::Record),
                      (name, description, owner, unit, criticality, target_template, address, probe,
                       depends_on, state))

record::Module system(record::Settings const& settings);

}  // namespace yunzhi::modules
