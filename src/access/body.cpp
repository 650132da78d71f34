#include "access/body.hpp"

#include "base/text/utf8.hpp"

namespace yunzhi::access {

json::value const* Body::member(std::string_view name) {
  asked_.emplace(name);
  auto const* found = object_.if_contains(name);
  return found == nullptr || found->is_null() ? nullptr : found;
}

void Body::complain(std::string_view name, std::string_view text, std::vector<std::string> arguments) {
  faults_.push_back({at_ + "/" + std::string(name), std::string(text), std::move(arguments)});
}

std::string Body::text(std::string_view name, std::size_t most) {
  auto found = optional_text(name, most);
  if (found && !found->empty()) return std::move(*found);
  if (found || member(name) == nullptr) fault(name, refuse(Why::invalid, "", "is required"));
  return {};
}

std::optional<std::string> Body::optional_text(std::string_view name, std::size_t most) {
  auto const* found = member(name);
  if (found == nullptr) return std::nullopt;
  if (!found->is_string()) {
    fault(name, refuse(Why::invalid, "", "must be text"));
    return std::nullopt;
  }
  std::string value(found->as_string());
  if (characters(value) <= most) return value;
  fault(name, refuse(Why::invalid, "", "must have at most {} characters", most));
  return std::nullopt;
}

std::optional<bool> Body::flag(std::string_view name) {
  auto const* found = member(name);
  if (found == nullptr) return std::nullopt;
  if (found->is_bool()) return found->as_bool();
  fault(name, refuse(Why::invalid, "", "must be true or false"));
  return std::nullopt;
}

std::optional<std::set<std::string>> Body::texts(std::string_view name, std::size_t most) {
  auto const* found = member(name);
  if (found == nullptr) return std::nullopt;
  std::set<std::string> values;
  bool fine = found->is_array() && found->as_array().size() <= most;
  if (fine)
    for (auto const& item : found->as_array()) {
      fine = fine && item.is_string();
      if (fine) values.emplace(item.as_string());
    }
  if (fine) return values;
  fault(name, refuse(Why::invalid, "", "must be a list of at most {} texts", most));
  return std::nullopt;
}

void Body::fault(std::string_view name, Refusal const& refusal) {
  for (auto const& one : refusal.faults) complain(name, one.text, one.arguments);
}

Result<> Body::end() {
  for (auto const& pair : object_)
    if (!asked_.contains(pair.key())) fault(pair.key(), refuse(Why::invalid, "", "is no known field"));
  if (faults_.empty()) return {};
  return Refusal{Why::invalid, std::move(faults_)};
}

}  // namespace yunzhi::access
