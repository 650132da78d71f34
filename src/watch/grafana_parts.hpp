// The small parts of Grafana's dashboard format: looking things up where they may be missing, and what its
// units, colours, reductions and durations are called here.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.hpp"

namespace yunzhi::watch {

/// The member as a list; an empty one when it is none.
json::array const& list_in(json::object const& object, std::string_view name);
json::object const* object_in(json::object const& object, std::string_view name);
bool flag_in(json::object const& object, std::string_view name);
double number_in(json::object const& object, std::string_view name, double otherwise);
/// The same down a path of objects.
json::array const* list_at(json::object const& object, std::initializer_list<std::string_view> path);
std::string text_at(json::object const& object, std::initializer_list<std::string_view> path);

/// The text with at most so many characters as one line may have.
std::string short_text(std::string_view text);
/// The unit here for Grafana's; nothing when it has none.
std::optional<std::string> unit_of(std::string_view unit);
/// Colours mean states here: a state, or neutral.
std::string_view tone_of(std::string_view colour);
std::string_view reduce_of(std::string_view calculation);
/// Seconds of "now-6h", "30s", "5m"; nothing for other texts.
std::optional<std::int64_t> seconds_of(std::string_view text);
/// "a, b : c" as values; of "name : value" the value.
json::array split_values(std::string_view text);
/// The query with values in place of its variables, so that it can be read.
std::string with_values(std::string_view query);

}  // namespace yunzhi::watch
