#include "process/model/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/limits.hpp"

namespace yunzhi::process::vocabulary {
namespace {

bool among(std::initializer_list<std::string_view> words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

std::optional<Element> element(std::string_view local) {
  static constexpr std::array<std::pair<std::string_view, Element>, 21> known{{
      {"startEvent", Element::start},
      {"endEvent", Element::end},
      {"task", Element::task},
      {"userTask", Element::user_task},
      {"manualTask", Element::manual_task},
      {"serviceTask", Element::service_task},
      {"sendTask", Element::send_task},
      {"businessRuleTask", Element::business_rule_task},
      {"scriptTask", Element::script_task},
      {"receiveTask", Element::receive_task},
      {"subProcess", Element::sub_process},
      {"adHocSubProcess", Element::sub_process},
      {"transaction", Element::sub_process},
      {"callActivity", Element::call_activity},
      {"exclusiveGateway", Element::exclusive},
      {"parallelGateway", Element::parallel},
      {"inclusiveGateway", Element::inclusive},
      {"eventBasedGateway", Element::event_gateway},
      {"intermediateCatchEvent", Element::catch_event},
      {"intermediateThrowEvent", Element::throw_event},
      {"boundaryEvent", Element::boundary},
  }};
  for (auto const& [name, meant] : known)
    if (name == local) return meant;
  return std::nullopt;
}

bool drawing(std::string_view local) {
  return among({"documentation",
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
                "monitoring",
                "dataInput",
                "dataOutput",
                "inputSet",
                "outputSet",
                "ioBinding",
                "resourceRole",
                "performer",
                "humanPerformer",
                "potentialOwner",
                "rendering",
                "supports",
                "correlationSubscription",
                "supportedInterfaceRef",
                "categoryValueRef",
                "eventDefinitionRef"},
               local);
}

bool part(std::string_view local) {
  return drawing(local) || local.ends_with("EventDefinition") ||
         among({"script", "standardLoopCharacteristics", "multiInstanceLoopCharacteristics",
                "completionCondition"},
               local);
}

bool other_engine(std::string_view space) {
  return among({"http://camunda.org/schema/1.0/bpmn", "http://activiti.org/bpmn", "http://flowable.org/bpmn",
                "http://camunda.org/schema/zeebe/1.0", "http://www.jboss.org/drools",
                "http://www.signavio.com", "http://operaton.org/schema/1.0/bpmn"},
               space);
}

namespace {

bool understood(std::string_view local) {
  // Told in our words.
  if (among({"assignee",
             "candidateGroups",
             "dueDate",
             "formKey",
             "formRef",
             "formData",
             "formProperty",
             "resultVariable",
             "resultVariableName",
             "topic",
             "class",
             "delegateExpression",
             "expression",
             "type",
             "decisionRef",
             "calledElementBinding",
             "calledElementVersion",
             "calledElementVersionTag",
             "sameDeployment",
             "inheritVariables",
             "in",
             "out",
             "collection",
             "elementVariable",
             "inputOutput",
             "versionTag",
             "taskDefinition",
             "ioMapping",
             "assignmentDefinition",
             "formDefinition",
             "calledElement",
             "calledDecision",
             "script",
             "loopCharacteristics",
             "subscription",
             "userTask",
             "adHoc",
             "value",
             "taskSchedule",
             "errorCodeVariable",
             "escalationCodeVariable",
             "terminateAll"},
            local))
    return true;
  // How the other engine works or shows it, not what the process does.
  return among({"asyncBefore",
                "asyncAfter",
                "async",
                "exclusive",
                "jobPriority",
                "historyTimeToLive",
                "isStartableInTasklist",
                "candidateStarterGroups",
                "candidateStarterUsers",
                "priority",
                "followUpDate",
                "category",
                "properties",
                "taskHeaders",
                "failedJobRetryTimeCycle",
                "formHandlerClass",
                "modelerTemplate",
                "modelerTemplateVersion",
                "modelerTemplateIcon",
                "formRefBinding",
                "formRefVersion",
                "decisionRefBinding",
                "decisionRefVersion",
                "decisionRefVersionTag",
                "decisionRefTenantId",
                "mapDecisionResult",
                "diagramRelationId",
                "initiator",
                "signavioMetaData",
                "signavioDiagramMetaData",
                "signavioLabel",
                "signavioType",
                "retries",
                "priorityDefinition",
                "userTaskForm",
                "isForCompensation",
                "formFieldValidation",
                "jobRetryCounter",
                "errorMessage",
                "version",
                "packageName",
                "linkedResources",
                "processInstanceName",
                "exporter",
                "exporterVersion"},
               local);
}

}  // namespace

bool understood_on(std::string_view element, std::string_view local) {
  // A called process is handed variables; a signal is not.
  if (local == "in") return element == "callActivity";
  if (among({"variableName", "variableEvents", "conditionalFilter"}, local))
    return element == "conditionalEventDefinition";
  return understood(local);
}

bool our_attribute(std::string_view local, std::string_view attribute) {
  if (local == "process") return among({"record", "tag", "called"}, attribute);
  if (local == "lane") return attribute == "role";
  if (local == "dataObject") return attribute == "value";
  if (local.ends_with("EventDefinition")) return among({"working", "calendar", "correlation"}, attribute);
  if (local == "multiInstanceLoopCharacteristics")
    return among({"collection", "item", "output", "outputItem"}, attribute);
  if (attribute == "state") return local != "sequenceFlow" && element(local).has_value();
  if (local == "userTask" || local == "task")
    return among({"fields", "required", "assignee", "due", "action", "readonly", "schema", "role", "calendar",
                  "working", "sign", "signers", "share", "veto", "result", "remind"},
                 attribute);
  if (local == "manualTask") return among({"role", "assignee"}, attribute);
  if (local == "serviceTask" || local == "sendTask")
    return among({"action", "result", "correlation"}, attribute);
  if (local == "businessRuleTask") return among({"decision", "action", "result"}, attribute);
  if (local == "scriptTask") return attribute == "result";
  if (local == "receiveTask") return attribute == "correlation";
  if (local == "callActivity") return among({"version", "tag", "role"}, attribute);
  if (local == "adHocSubProcess") return among({"active", "role"}, attribute);
  if (local == "subProcess" || local == "transaction") return attribute == "role";
  return (local == "intermediateCatchEvent" || local == "boundaryEvent" || local == "startEvent") &&
         among({"working", "calendar", "correlation"}, attribute);
}

bool identifier(std::string_view id) {
  if (id.empty() || id.size() > limits::bpmn_id_bytes) return false;
  return std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.' || static_cast<unsigned char>(c) >= 0x80;
  });
}

}  // namespace yunzhi::process::vocabulary
