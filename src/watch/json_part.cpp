#include "watch/json_part.hpp"

#include <algorithm>
#include <cmath>

#include "base/text/utf8.hpp"

namespace yunzhi::watch {

std::int64_t Part::whole(std::string_view name, std::int64_t least, std::int64_t most,
                         std::int64_t otherwise) {
  auto const value = number(name);
  if (!value) return otherwise;
  if (*value == std::floor(*value) && *value >= static_cast<double>(least) &&
      *value <= static_cast<double>(most))
    return static_cast<std::int64_t>(*value);
  fault(name, "must be a whole number from {} to {}", least, most);
  return otherwise;
}

std::optional<double> Part::number(std::string_view name) {
  body_.know(name);
  auto const* found = object_.if_contains(name);
  if (found == nullptr || found->is_null()) return std::nullopt;
  if (found->is_number()) {
    auto const value = found->to_number<double>();
    if (std::isfinite(value)) return value;
  }
  fault(name, "must be a number");
  return std::nullopt;
}

std::string Part::choice(std::string_view name, std::initializer_list<std::string_view> choices,
                         std::string_view otherwise) {
  auto const found = body_.optional_text(name);
  if (!found) return std::string(otherwise);
  if (std::find(choices.begin(), choices.end(), *found) != choices.end()) return *found;
  std::string all;
  for (auto const one : choices) all.append(all.empty() ? "" : ", ").append(one);
  fault(name, "must be one of {}", all);
  return std::string(otherwise);
}

json::array const* Part::array(std::string_view name, std::size_t most) {
  body_.know(name);
  auto const* found = object_.if_contains(name);
  if (found == nullptr || found->is_null()) return nullptr;
  if (found->is_array() && found->as_array().size() <= most) return &found->as_array();
  fault(name, "must be a list of at most {} entries", most);
  return nullptr;
}

json::array Part::texts(std::string_view name, std::size_t most, std::size_t characters_most) {
  json::array read;
  auto const* list = array(name, most);
  if (list == nullptr) return read;
  for (auto const& item : *list) {
    if (item.is_string() && characters(std::string_view(item.as_string())) <= characters_most) {
      read.push_back(item);
      continue;
    }
    fault(name, "must be texts of at most {} characters", characters_most);
    break;
  }
  return read;
}

void Part::end() {
  auto const ended = body_.end();
  if (!ended.has_error()) return;
  for (auto const& fault : ended.error().faults) faults_.push_back(fault);
}

}  // namespace yunzhi::watch
