// A process file with the words of all engines: finds BPMN children by name whatever the prefix, our own
// attributes, and those of Camunda, Flowable, Activiti and Zeebe; compiles their expressions.
#pragma once

#include <optional>
#include <vector>

#include "process/expression/expression.hpp"
#include "process/model/problems.hpp"
#include "process/model/xml_document.hpp"

namespace yunzhi::process {

struct Source {
  XmlDocument const& document;
  Problems& problems;

  [[nodiscard]] bool bpmn(pugi::xml_node node, std::string_view local) const;
  /// The first BPMN child with this name, or nothing.
  [[nodiscard]] pugi::xml_node child(pugi::xml_node xml, std::string_view local) const;
  [[nodiscard]] std::string our(pugi::xml_node xml, std::string_view local) const;
  /// An attribute of another engine's namespace.
  [[nodiscard]] std::string foreign(pugi::xml_node xml, std::string_view local) const;
  /// The first of our own attribute and another engine's.
  [[nodiscard]] std::string either(pugi::xml_node xml, std::string_view ours, std::string_view foreign) const;
  /// Children of `extensionElements` with this name in another engine's namespace.
  [[nodiscard]] std::vector<pugi::xml_node> extensions(pugi::xml_node xml, std::string_view local) const;
  [[nodiscard]] pugi::xml_node extension(pugi::xml_node xml, std::string_view local) const;
  /// A declaration beside the processes (`message`, `error`, …); prefixes of the reference are dropped.
  [[nodiscard]] pugi::xml_node declared(std::string_view local, std::string_view reference) const;
  [[nodiscard]] std::string at(pugi::xml_node node) const { return document.at(node); }

  /// An expression as the file writes it: FEEL, with or without `=`, or another language told in FEEL.
  /// Nothing, and a problem, when it cannot be:
  /// one that keeps the file from running, or only from being deployed when it is not vital.
  std::optional<Expression> expression(std::string_view text, std::string_view language, std::string_view at,
                                       std::string_view id, std::string_view what, bool vital = true) const;
  /// A value: an expression where it begins with `=` or has `${…}`, else the text itself.
  std::optional<Expression> value(std::string_view text, std::string_view at, std::string_view id,
                                  std::string_view what, bool vital = true) const;
};

/// Without the blanks around it, which ids and references may have (XML Schema 1.0, ID and IDREF).
std::string_view trimmed(std::string_view text);
/// Words of a list separated by blanks or commas.
std::vector<std::string> words_of(std::string_view list);

}  // namespace yunzhi::process
