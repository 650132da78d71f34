#include "process/decision/item_definitions.hpp"

#include <algorithm>
#include <map>

#include "process/expression/parser.hpp"
#include "process/model/xml_document.hpp"

namespace yunzhi::process {
namespace {

class Reader {
 public:
  Reader(XmlDocument const& document, Names& names, bool tolerant)
      : document_(document), names_(names), tolerant_(tolerant) {}

  Result<> read() {
    for (auto const node : document_.root().children())
      if (document_.name(node).local == "itemDefinition") nodes_[node.attribute("name").value()] = node;
    for (auto const& [name, node] : nodes_)
      if (auto const made = named(name); !made) return made.error();
    return {};
  }

 private:
  [[nodiscard]] pugi::xml_node child(pugi::xml_node node, std::string_view local) const {
    for (auto const one : node.children())
      if (document_.name(one).local == local) return one;
    return {};
  }

  // `feel:number`, `number`, or the name of another definition, read first when it comes later.
  Result<TypePointer> named(std::string_view name) {
    if (auto known = names_.type(name)) return known;
    auto const node = nodes_.find(name);
    if (node == nodes_.end()) {
      auto builtin = named_type(name.substr(name.find(':') == name.npos ? 0 : name.find(':') + 1));
      return builtin != nullptr ? builtin : named_type("Any");
    }
    if (std::find(open_.begin(), open_.end(), name) != open_.end())
      return refuse(Why::invalid, document_.at(node->second), "the type '{}' is defined by itself", name);
    open_.emplace_back(name);
    auto made = type_of(node->second);
    open_.pop_back();
    if (made) names_.add_type(name, *made);
    return made;
  }

  Result<TypePointer> type_of(pugi::xml_node node) {
    auto made = plain_type(node);
    if (!made) return made;
    auto type = **made;
    if (auto const allowed = child(node, "allowedValues")) {
      auto tests = Expression::compile_tests(child(allowed, "text").text().as_string(), Reading{});
      if (!tests && tolerant_) tests = Expression::compile("null", Reading{});
      if (!tests) return tests.error();
      type.allowed = std::make_shared<UnaryTests const>(std::move(*tests));
    }
    if (!node.attribute("isCollection").as_bool()) return std::make_shared<Type const>(std::move(type));
    Type list;
    list.form = Type::Form::list;
    list.element = std::make_shared<Type const>(std::move(type));
    return std::make_shared<Type const>(std::move(list));
  }

  Result<TypePointer> plain_type(pugi::xml_node node) {
    if (auto const reference = child(node, "typeRef")) return named(reference.text().as_string());
    if (auto const function = child(node, "functionItem")) return function_type(function);
    Type made;
    for (auto const component : node.children()) {
      if (document_.name(component).local != "itemComponent") continue;
      made.form = Type::Form::context;
      auto type = type_of(component);
      if (!type) return type;
      std::string const name = component.attribute("name").value();
      names_.add(name);
      made.members.emplace_back(name, *type);
    }
    return std::make_shared<Type const>(std::move(made));
  }

  // Any function is of it, for those written in FEEL seldom tell their types; what is called is held to them.
  Result<TypePointer> function_type(pugi::xml_node node) {
    Type made = *simple_type(Kind::function);
    if (std::string_view const output = node.attribute("outputTypeRef").value(); !output.empty()) {
      auto result = named(output);
      if (!result) return result;
      made.element = *result;
    }
    for (auto const one : node.children()) {
      std::string_view const reference = one.attribute("typeRef").value();
      if (document_.name(one).local != "parameters" || reference.empty()) continue;
      auto type = named(reference);
      if (!type) return type;
      made.members.emplace_back(one.attribute("name").value(), *type);
    }
    return std::make_shared<Type const>(std::move(made));
  }

  XmlDocument const& document_;
  Names& names_;
  bool tolerant_;
  std::map<std::string, pugi::xml_node, std::less<>> nodes_;
  std::vector<std::string> open_;
};

Value checked_members(Value const& value, Type const& type, Evaluation& evaluation) {
  auto const* own = value.entries();
  if (own == nullptr) return {};
  auto entries = own->entries;
  for (auto const& [name, member] : type.members) {
    auto const found =
        std::find_if(entries.begin(), entries.end(),
                     [&wanted = name](ContextEntry const& entry) { return *entry.name == wanted; });
    if (found == entries.end()) return {};
    bool const was_null = found->value.null();
    found->value = checked(found->value, *member, evaluation);
    if (found->value.null() && !was_null) return {};
  }
  return make_context(std::move(entries));
}

Value checked_items(Value const& value, Type const& type, Evaluation& evaluation) {
  std::vector<Value> items;
  auto const* own = value.items();
  for (auto const& item : own == nullptr ? std::span(&value, 1) : std::span<Value const>(*own)) {
    items.push_back(type.element == nullptr ? item : checked(item, *type.element, evaluation));
    if (items.back().null() && !item.null()) return {};
  }
  return evaluation.list(std::move(items));
}

}  // namespace

Result<> read_item_definitions(XmlDocument const& document, Names& names, bool tolerant) {
  return Reader(document, names, tolerant).read();
}

Value checked(Value const& value, Type const& type, Evaluation& evaluation) {
  if (value.null()) return {};
  Value result = value;
  if (type.form == Type::Form::list) {
    result = checked_items(value, type, evaluation);
  } else {
    auto const* items = value.items();
    bool const single = items != nullptr && items->size() == 1;
    if (type.form == Type::Form::context) {
      result = checked_members(single ? items->front() : value, type, evaluation);
    } else {
      result = coerced(value, type);
    }
  }
  return type.allowed == nullptr || result.null() || type.allowed->pass(result, evaluation) ? result
                                                                                            : Value();
}

}  // namespace yunzhi::process
