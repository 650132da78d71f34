// What a running process has been through, for its diagram and its timeline.
#pragma once

#include "process/durable/definitions.hpp"
#include "process/engine/instance.hpp"

namespace yunzhi::process {

/// The drawing with where the instance stands and where it has been.
struct Trace {
  std::string instance;
  std::string definition;
  std::string status;  ///< running, incident, ended, cancelled
  std::string xml;
  std::vector<std::string> active;  ///< element ids
  std::vector<std::string> visited;
  std::vector<std::string> flows;
};

struct HistoryEntry {
  std::int64_t seq = 0;
  std::string kind;  ///< as name_of(HistoryRow::Kind)
  std::optional<std::string> element;
  std::string element_name;
  std::string actor;
  Instant at;
  std::string text;  ///< of an incident
};

/// The instance that ran last for the record: of the process `key`, when it has followed it.
std::optional<std::string> instance_of(store::Reader& reader, std::string_view record,
                                       std::string_view key = {});
/// Missing when there is no such instance.
Result<Trace> trace(store::Reader& reader, Definitions& definitions, std::string_view instance);
/// The history behind entry `after`, oldest first.
std::vector<HistoryEntry> history(store::Reader& reader, Definitions& definitions, std::string_view instance,
                                  std::int64_t after, std::size_t limit);

}  // namespace yunzhi::process
