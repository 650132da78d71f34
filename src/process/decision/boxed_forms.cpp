#include "process/decision/boxed_forms.hpp"

#include <algorithm>

#include "process/decision/item_definitions.hpp"

namespace yunzhi::process {
namespace {

Text shared(std::string_view name) {
  return std::make_shared<std::string const>(name);
}

/// A function with the scope it was made in.
struct ScopedFunction final : Function {
  BoxedPointer body;
  Value scope;

  [[nodiscard]] Value call(Evaluation& evaluation, std::span<Value const> arguments) const override {
    if (body == nullptr) return {};
    auto inner = scope;
    for (std::size_t i = 0; i < parameters.size(); ++i)
      inner = extended(inner, parameters[i].name, arguments[i]);
    return body->evaluate(inner, evaluation);
  }
};

// An item of a filter is known as `item`, and by its own entries when it is a context.
Value with_item(Value const& scope, std::string const& variable, Value const& item) {
  auto inner = scope;
  if (auto const* own = item.entries(); own != nullptr && variable == "item")
    for (auto const& entry : own->entries) inner = extended(inner, *entry.name, entry.value);
  return extended(inner, variable, item);
}

}  // namespace

Value extended(Value const& scope, std::string_view name, Value value) {
  std::vector<ContextEntry> entries;
  if (auto const* outer = scope.entries()) entries = outer->entries;
  auto const found = std::find_if(entries.begin(), entries.end(),
                                  [name](ContextEntry const& entry) { return *entry.name == name; });
  if (found == entries.end()) {
    entries.push_back({shared(name), std::move(value)});
  } else {
    found->value = std::move(value);
  }
  return make_context(std::move(entries));
}

Value BoxedLiteral::evaluate(Value const& scope, Evaluation& evaluation) const {
  return expression.evaluate(scope, evaluation);
}

Value BoxedTyped::evaluate(Value const& scope, Evaluation& evaluation) const {
  return checked(inner->evaluate(scope, evaluation), *type, evaluation);
}

Value BoxedContext::evaluate(Value const& scope, Evaluation& evaluation) const {
  auto inner = scope;
  std::vector<ContextEntry> made;
  for (auto const& entry : entries) {
    auto value = entry.value == nullptr ? Value() : entry.value->evaluate(inner, evaluation);
    if (entry.type != nullptr) value = checked(value, *entry.type, evaluation);
    if (entry.name.empty()) return value;
    inner = extended(inner, entry.name, value);
    made.push_back({shared(entry.name), std::move(value)});
  }
  return make_context(std::move(made));
}

Value BoxedList::evaluate(Value const& scope, Evaluation& evaluation) const {
  std::vector<Value> all;
  for (auto const& item : items) all.push_back(item == nullptr ? Value() : item->evaluate(scope, evaluation));
  return evaluation.list(std::move(all));
}

Value BoxedRelation::evaluate(Value const& scope, Evaluation& evaluation) const {
  std::vector<Value> all;
  for (auto const& row : rows) {
    std::vector<ContextEntry> entries;
    for (std::size_t i = 0; i < columns.size() && i < row.size(); ++i)
      entries.push_back(
          {shared(columns[i]), row[i] == nullptr ? Value() : row[i]->evaluate(scope, evaluation)});
    all.push_back(make_context(std::move(entries)));
  }
  return evaluation.list(std::move(all));
}

Value BoxedInvocation::evaluate(Value const& scope, Evaluation& evaluation) const {
  auto const callee = function->evaluate(scope, evaluation);
  auto const* called = callee.get<FunctionPointer>();
  if (called == nullptr) return {};
  std::vector<Value> arguments;
  for (auto const& parameter : (*called)->parameters) {
    auto const found = std::find_if(bindings.begin(), bindings.end(),
                                    [&](auto const& binding) { return binding.first == parameter.name; });
    if (found != bindings.end() && found->second != nullptr) {
      arguments.push_back(found->second->evaluate(scope, evaluation));
    } else if (!(*called)->variadic) {
      arguments.emplace_back();
    }
  }
  return evaluation.invoke(callee, arguments);
}

Value BoxedFunction::evaluate(Value const& scope, Evaluation&) const {
  auto made = std::make_shared<ScopedFunction>();
  made->parameters = parameters;
  made->body = body;
  made->scope = scope;
  made->depth = depth_of(scope) + 1;
  if (made->depth > limits::expression_value_depth) return {};
  return FunctionPointer(std::move(made));
}

Value BoxedConditional::evaluate(Value const& scope, Evaluation& evaluation) const {
  auto const& chosen = condition->evaluate(scope, evaluation).is(true) ? yes : no;
  return chosen == nullptr ? Value() : chosen->evaluate(scope, evaluation);
}

Value BoxedIteration::evaluate(Value const& scope, Evaluation& evaluation) const {
  auto const source = list->evaluate(scope, evaluation);
  if (source.null()) return {};
  auto const* items = source.items();
  std::vector<Value> results;
  bool unknown = false;
  for (auto const& item : items == nullptr ? std::span(&source, 1) : std::span<Value const>(*items)) {
    if (!evaluation.budget().work(1)) return {};
    auto result = body->evaluate(with_item(scope, variable, item), evaluation);
    if (form == Form::some && result.is(true)) return true;
    if (form == Form::every && result.is(false)) return false;
    unknown = unknown || result.null();
    if (form != Form::collect && !result.null() && result.kind() != Kind::boolean) return {};
    if (form == Form::filter && result.is(true)) results.push_back(item);
    if (form == Form::collect) results.push_back(std::move(result));
  }
  if (form == Form::filter || form == Form::collect) return evaluation.list(std::move(results));
  return unknown ? Value() : Value(form == Form::every);
}

}  // namespace yunzhi::process
