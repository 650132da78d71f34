#include "process/engine/delta.hpp"

#include <map>
#include <stdexcept>

#include "base/limits.hpp"

namespace yunzhi::process {
namespace {

constexpr std::string_view nothing = R"({"t":[]})";

using Images = std::map<std::int64_t, json::value>;

json::object parsed(std::string_view state) {
  return std::move(parse_state(state.empty() ? nothing : state).get_object());
}

std::int64_t id_of(json::value const& image) {
  return image.at(0).as_int64();
}

Images images_of(json::object const& state) {
  Images images;
  for (auto const& image : state.at("t").as_array()) images.emplace(id_of(image), image);
  return images;
}

Refusal no_fit() {
  return refuse(Why::conflict, "", "the events of the process do not follow from each other");
}

// What stood there before must be what the delta says.
bool take_away(Images& images, json::value const* gone) {
  if (gone == nullptr) return true;
  for (auto const& image : gone->as_array()) {
    auto const found = images.find(id_of(image));
    if (found == images.end() || found->second != image) return false;
    images.erase(found);
  }
  return true;
}

}  // namespace

json::value parse_state(std::string_view state) {
  boost::system::error_code error;
  json::parse_options options;
  options.max_depth = 2 * limits::json_depth;
  auto value = json::parse(state, error, {}, options);
  if (error || !value.is_object() || !value.get_object().contains("t"))
    throw std::logic_error("a saved state of a process cannot be read");
  return value;
}

json::object difference(std::string_view before, std::string_view after) {
  auto const old = parsed(before);
  auto const now = parsed(after);
  auto const was = images_of(old);
  auto const is = images_of(now);
  json::array gone;
  json::array come;
  for (auto const& [id, image] : was)
    if (auto const found = is.find(id); found == is.end() || found->second != image) gone.push_back(image);
  for (auto const& [id, image] : is)
    if (auto const found = was.find(id); found == was.end() || found->second != image) come.push_back(image);
  json::object members;
  for (auto const& member : now)
    if (auto const* had = old.if_contains(member.key());
        member.key() != "t" && (had == nullptr || *had != member.value()))
      members[member.key()] = json::array{had == nullptr ? json::value() : *had, member.value()};
  for (auto const& member : old)
    if (!now.contains(member.key())) members[member.key()] = json::array{member.value(), nullptr};
  json::object delta;
  if (!gone.empty()) delta["-"] = std::move(gone);
  if (!come.empty()) delta["+"] = std::move(come);
  if (!members.empty()) delta["m"] = std::move(members);
  return delta;
}

Result<std::string> apply(std::string_view state, json::object const& delta) {
  auto next = parsed(state);
  auto images = images_of(next);
  if (!take_away(images, delta.if_contains("-"))) return no_fit();
  if (auto const* come = delta.if_contains("+"))
    for (auto const& image : come->as_array())
      if (!images.emplace(id_of(image), image).second) return no_fit();
  if (auto const* members = delta.if_contains("m"))
    for (auto const& member : members->as_object()) {
      auto const& [had, has] = std::pair(member.value().at(0), member.value().at(1));
      auto const* stands = next.if_contains(member.key());
      if ((stands == nullptr ? json::value() : *stands) != had) return no_fit();
      if (has.is_null()) next.erase(member.key());
      if (!has.is_null()) next[member.key()] = has;
    }
  auto& tokens = next["t"].as_array();
  tokens.clear();
  for (auto const& [id, image] : images) tokens.push_back(image);
  return json::serialize(next);
}

}  // namespace yunzhi::process
