// How data goes into activities and comes out of them (BPMN 2.0, 10.4): data objects, properties and the
// inputs and outputs of an ioSpecification are variables, and associations between them are mappings.
#pragma once

#include <map>
#include <string>

#include "process/model/definition.hpp"
#include "process/model/source.hpp"

namespace yunzhi::process {

class DataFlow {
 public:
  explicit DataFlow(Source const& source);

  /// The variable a data element stands for; empty when the id is that of none, or of a data store.
  [[nodiscard]] std::string variable(std::string_view id) const;
  /// Where the input with this id has its value from, when an association of the activity says so.
  [[nodiscard]] std::string origin(pugi::xml_node activity, std::string_view input) const;
  /// Where the output with this id goes.
  [[nodiscard]] std::string goal(pugi::xml_node activity, std::string_view output) const;
  /// Adds the associations of an activity to its mappings. Those of events are not run: a problem when
  /// deployed.
  void read(pugi::xml_node xml, Node& node) const;

 private:
  void gather(pugi::xml_node from);
  void association(pugi::xml_node xml, Node& node, std::vector<Mapping>& mappings) const;
  void assignments(pugi::xml_node xml, Node const& node, std::vector<Mapping>& mappings) const;
  void map(std::string target, std::string const& text, pugi::xml_node at, Node const& node,
           std::vector<Mapping>& mappings) const;

  Source const& source_;
  std::map<std::string, std::string, std::less<>> variables_;
  std::map<std::string, std::string, std::less<>> references_;  ///< to data objects
};

}  // namespace yunzhi::process
