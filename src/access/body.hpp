// Reads the members of a small request body one by one and gathers every fault, each with its pointer.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/result.hpp"

namespace yunzhi::access {

class Body {
 public:
  /// `at` is the pointer of the object itself ("/accounts/0"), empty for the whole body.
  explicit Body(json::object const& object, std::string at = {}) : object_(object), at_(std::move(at)) {}

  /// A text that must be there, of 1 to `most` characters.
  std::string text(std::string_view name, std::size_t most = 200);
  std::optional<std::string> optional_text(std::string_view name, std::size_t most = 200);
  std::optional<bool> flag(std::string_view name);
  std::optional<std::set<std::string>> texts(std::string_view name, std::size_t most = 50);

  /// A member the caller reads in its own way.
  void know(std::string_view name) { asked_.emplace(name); }
  void fault(std::string_view name, Refusal const& refusal);
  /// Refused when there was a fault, or when members are there that nobody asked for.
  Result<> end();

 private:
  json::value const* member(std::string_view name);
  void complain(std::string_view name, std::string_view text, std::vector<std::string> arguments = {});

  json::object const& object_;
  std::string at_;
  std::set<std::string, std::less<>> asked_;
  std::vector<Fault> faults_;
};

}  // namespace yunzhi::access
