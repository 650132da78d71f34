// What an event waits for or does: the event definitions inside start, end, intermediate and boundary
// events, and the message of a send or receive task.
#pragma once

#include "process/model/bpmn_reader.hpp"
#include "process/model/correlations.hpp"

namespace yunzhi::process {

class EventReader {
 public:
  EventReader(Source const& source, MessageFlows const& flows, Correlations const& correlations,
              Correlations::Bindings const& bindings)
      : source_(source), flows_(flows), correlations_(correlations), bindings_(bindings) {}

  void read(pugi::xml_node xml, Node& node);

 private:
  [[nodiscard]] std::vector<pugi::xml_node> triggers(pugi::xml_node xml) const;
  void trigger(pugi::xml_node definition, Node& node);
  void timer(pugi::xml_node definition, Node& node);
  void condition(pugi::xml_node definition, Node& node);
  void watched(pugi::xml_node definition, Node& node);
  void compensation(pugi::xml_node definition, Node& node);
  void message(pugi::xml_node holder, Node& node);
  void message_of_task(pugi::xml_node xml, Node& node);
  [[nodiscard]] std::string named(std::string_view kind, std::string_view reference, char const* code,
                                  Node const& node, bool any) const;

  Source const& source_;
  MessageFlows const& flows_;
  Correlations const& correlations_;
  Correlations::Bindings const& bindings_;
};

}  // namespace yunzhi::process
