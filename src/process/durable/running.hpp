// An instance in hand: its row, locked, with its definition and its tokens.
#pragma once

#include "process/durable/step_writer.hpp"

namespace yunzhi::process {

struct Processes::Running {
  InstanceRow row;
  std::shared_ptr<Definition const> definition;
  Instance instance;
};

/// What comes to a process with the record as it stands.
Event event_of(Event::Kind kind, TokenId token, json::object fields, std::string_view actor);

/// A line of an instance's history that no step of the engine wrote.
void add_event(store::Edit& edit, std::string_view instance, std::string_view kind, std::string_view element,
               std::string_view actor, json::object const& data);

}  // namespace yunzhi::process
