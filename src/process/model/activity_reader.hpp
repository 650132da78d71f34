// What an activity does and how often: forms and people, services, scripts, decisions, calls, loops and
// variables of its own, in our words and in those of other engines.
#pragma once

#include "process/model/data_flow.hpp"
#include "process/model/definition.hpp"
#include "process/model/source.hpp"

namespace yunzhi::process {

class ActivityReader {
 public:
  ActivityReader(Source const& source, DataFlow const& data) : source_(source), data_(data) {}

  void read(pugi::xml_node xml, Node& node);
  /// Data objects of a scope that begin with a value.
  [[nodiscard]] std::vector<Mapping> data_objects(pugi::xml_node scope) const;

 private:
  // person_reader.cpp
  void person(pugi::xml_node xml, Node& node) const;
  void schema(pugi::xml_node xml, Node& node) const;
  void foreign_person(pugi::xml_node xml, Node& node) const;
  void remind(pugi::xml_node xml, Node& node) const;
  void due(pugi::xml_node xml, Node& node) const;

  void service(pugi::xml_node xml, Node& node) const;
  void script(pugi::xml_node xml, Node& node) const;
  void decision(pugi::xml_node xml, Node& node) const;
  void call(pugi::xml_node xml, Node& node) const;
  void handed_over(pugi::xml_node xml, Node const& node, Called& called) const;
  void ad_hoc(pugi::xml_node xml, Node& node) const;
  void loop(pugi::xml_node xml, Node& node) const;
  void multi_instance(pugi::xml_node xml, Node& node) const;
  [[nodiscard]] std::string loop_data(pugi::xml_node loop, std::string_view reference) const;
  void mappings(pugi::xml_node xml, Node& node) const;
  [[nodiscard]] std::vector<Mapping> mapped(std::vector<pugi::xml_node> const& xml, Node const& node) const;

  Source const& source_;
  DataFlow const& data_;
};

}  // namespace yunzhi::process
