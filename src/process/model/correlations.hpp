// How the messages of a file are told apart by what they carry (BPMN 2.0, 8.4.2): correlation properties with
// an expression per message, the keys made of them, and what a process binds them to.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "process/model/definition.hpp"
#include "process/model/source.hpp"

namespace yunzhi::process {

class Correlations {
 public:
  /// What is declared beside the processes. What cannot be run is a problem that keeps from deployment.
  explicit Correlations(Source const& source);

  /// The subscriptions of a process: what its variables say a property must be, by property.
  using Bindings = std::map<std::string, Expression, std::less<>>;
  [[nodiscard]] Bindings bindings(pugi::xml_node process) const;

  /// The key of an event or task that throws or catches the message with this id. Nothing changes when no key
  /// is declared for it.
  void read(std::string_view message, Bindings const& bindings, bool throws, Node& node) const;

 private:
  struct Property {
    std::string id;
    std::string name;
    std::map<std::string, Expression, std::less<>> paths;  ///< by message
  };
  struct Key {
    std::string id;
    std::vector<std::string> properties;
  };
  void property(pugi::xml_node xml);
  void key(pugi::xml_node xml);
  [[nodiscard]] std::optional<Expression> together(std::vector<std::string> const& parts, bool all,
                                                   Node const& node) const;
  [[nodiscard]] Key const* key_of(std::string_view message, Node const& node) const;

  Source const& source_;
  std::map<std::string, Property, std::less<>> properties_;
  std::map<std::string, Key, std::less<>> keys_;
};

}  // namespace yunzhi::process
