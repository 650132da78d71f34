#include "process/durable/variables.hpp"

namespace yunzhi::process {

json::object seen_by(json::object record, json::object const& own) {
  for (auto const& member : own) record[member.key()] = member.value();
  return record;
}

json::object own_of(json::object const& given, json::object const& record) {
  json::object own;
  for (auto const& member : given) {
    auto const* field = record.if_contains(member.key());
    if (field == nullptr || *field != member.value()) own[member.key()] = member.value();
  }
  return own;
}

Divided divide(json::object const& values, json::object const& record, json::object const& own) {
  Divided divided;
  for (auto const& member : values) {
    bool const field = record.contains(member.key()) && !own.contains(member.key());
    (field ? divided.fields : divided.own)[member.key()] = member.value();
  }
  return divided;
}

}  // namespace yunzhi::process
