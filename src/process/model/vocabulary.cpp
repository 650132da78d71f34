#include "process/model/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/limits.hpp"

namespace yunzhi::process::vocabulary {
namespace {

template <std::size_t N>
bool among(std::array<std::string_view, N> const& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

std::optional<Element> element(std::string_view local) {
  static constexpr std::array<std::pair<std::string_view, Element>, 14> known{{
      {"startEvent", Element::start},
      {"endEvent", Element::end},
      {"userTask", Element::user_task},
      {"manualTask", Element::manual_task},
      {"serviceTask", Element::service_task},
      {"scriptTask", Element::script_task},
      {"receiveTask", Element::receive_task},
      {"exclusiveGateway", Element::exclusive},
      {"parallelGateway", Element::parallel},
      {"inclusiveGateway", Element::inclusive},
      {"eventBasedGateway", Element::event_gateway},
      {"intermediateCatchEvent", Element::catch_event},
      {"intermediateThrowEvent", Element::throw_event},
      {"boundaryEvent", Element::boundary},
  }};
  if (local == "subProcess") return Element::sub_process;
  for (auto const& [name, meant] : known)
    if (name == local) return meant;
  return std::nullopt;
}

bool drawing(std::string_view local) {
  static constexpr std::array<std::string_view, 16> words{"documentation",
                                                          "extensionElements",
                                                          "textAnnotation",
                                                          "association",
                                                          "group",
                                                          "dataObject",
                                                          "dataObjectReference",
                                                          "dataStoreReference",
                                                          "ioSpecification",
                                                          "dataInputAssociation",
                                                          "dataOutputAssociation",
                                                          "property",
                                                          "incoming",
                                                          "outgoing",
                                                          "auditing",
                                                          "monitoring"};
  return among(words, local);
}

bool other_engine(std::string_view space) {
  static constexpr std::array<std::string_view, 5> engines{
      "http://camunda.org/schema/1.0/bpmn", "http://activiti.org/bpmn", "http://flowable.org/bpmn",
      "http://camunda.org/schema/zeebe/1.0", "http://www.jboss.org/drools"};
  return among(engines, space);
}

bool our_attribute(std::string_view local, std::string_view attribute) {
  static constexpr std::array<std::string_view, 10> user{
      "state", "fields", "required", "assignee", "due", "action", "readonly", "role", "calendar", "working"};
  if (local == "process") return attribute == "record";
  if (local == "lane") return attribute == "role";
  if (local == "timerEventDefinition") return attribute == "working" || attribute == "calendar";
  if (local == "userTask") return among(user, attribute);
  if (local == "manualTask") return attribute == "state" || attribute == "role" || attribute == "assignee";
  if (local == "serviceTask") return attribute == "state" || attribute == "action";
  if (local == "scriptTask") return attribute == "state" || attribute == "result";
  if (local == "intermediateCatchEvent" || local == "boundaryEvent")
    return attribute == "state" || attribute == "working" || attribute == "calendar";
  return attribute == "state" &&
         (local == "startEvent" || local == "endEvent" || local == "intermediateThrowEvent" ||
          local == "receiveTask" || local == "subProcess");
}

bool identifier(std::string_view id) {
  if (id.empty() || id.size() > limits::bpmn_id_bytes) return false;
  return std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.' || static_cast<unsigned char>(c) >= 0x80;
  });
}

}  // namespace yunzhi::process::vocabulary
