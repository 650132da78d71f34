// What an event waits for or does: the event definitions inside start, end, intermediate and boundary
// events, and the message of a receive task.
#pragma once

#include "process/model/definition.hpp"
#include "process/model/problems.hpp"
#include "process/model/xml_document.hpp"

namespace yunzhi::process {

class EventReader {
 public:
  EventReader(XmlDocument const& document, Problems& problems) : document_(document), problems_(problems) {}

  void read(pugi::xml_node xml, Node& node);

 private:
  void trigger(pugi::xml_node definition, Node& node);
  void timer(pugi::xml_node definition, Node& node);
  [[nodiscard]] std::string our(pugi::xml_node xml, std::string_view local) const;
  [[nodiscard]] pugi::xml_node declared(std::string_view local, std::string_view reference) const;
  std::string message(std::string_view reference, Node const& node);
  std::string error(std::string_view reference, Node const& node);

  XmlDocument const& document_;
  Problems& problems_;
};

}  // namespace yunzhi::process
