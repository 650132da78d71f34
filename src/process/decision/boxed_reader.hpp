// Boxed expressions as DMN's XML writes them, compiled.
#pragma once

#include <pugixml.hpp>

#include "process/decision/boxed.hpp"
#include "process/expression/function.hpp"
#include "process/expression/names.hpp"
#include "process/model/xml_document.hpp"

namespace yunzhi::process {

class BoxedReader {
 public:
  /// The document outlives the reader. `names` are those every expression of the model may know. A
  /// tolerant reader takes null for an expression that is wrong, where others refuse the model.
  BoxedReader(XmlDocument const& document, Names const& names, bool tolerant)
      : document_(&document), names_(names), tolerant_(tolerant) {}

  /// The boxed expression that is a child of the node; nothing (a null pointer) when there is none.
  /// Refusals carry `line:column` of the element, and of the mistake within a FEEL text in words.
  Result<BoxedPointer> child_of(pugi::xml_node parent);
  /// The formal parameters of a function or a business knowledge model.
  Result<std::vector<Parameter>> parameters(pugi::xml_node function);
  /// The type an element's `typeRef` names; nothing when it names none.
  [[nodiscard]] TypePointer type_of(pugi::xml_node node) const;
  [[nodiscard]] pugi::xml_node child(pugi::xml_node node, std::string_view local) const;
  [[nodiscard]] std::string text_of(pugi::xml_node node, std::string_view local) const;

 private:
  Result<BoxedPointer> read(pugi::xml_node node);
  Result<BoxedPointer> untyped(pugi::xml_node node);
  Result<BoxedPointer> literal(pugi::xml_node node);
  Result<BoxedPointer> context(pugi::xml_node node);
  Result<BoxedPointer> list(pugi::xml_node node);
  Result<BoxedPointer> relation(pugi::xml_node node);
  Result<BoxedPointer> invocation(pugi::xml_node node);
  Result<BoxedPointer> function(pugi::xml_node node);
  Result<BoxedPointer> conditional(pugi::xml_node node);
  Result<BoxedPointer> iteration(pugi::xml_node node, std::string_view form);
  Result<BoxedPointer> table(pugi::xml_node node);
  Result<> table_inputs(pugi::xml_node node, struct DecisionTable& table);
  Result<> table_outputs(pugi::xml_node node, struct DecisionTable& table);
  Result<> table_rules(pugi::xml_node node, struct DecisionTable& table);

  Result<class Expression> compiled(pugi::xml_node node, std::string const& text, bool tests) const;

  XmlDocument const* document_;
  Names names_;  // grows with the names of contexts and parameters
  bool tolerant_;
};

}  // namespace yunzhi::process
