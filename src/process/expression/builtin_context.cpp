// Context functions (DMN 1.3, 10.3.4.6, and 1.4's context put and merge).
#include <algorithm>
#include <array>

#include "process/expression/builtins.hpp"

namespace yunzhi::process {
namespace {

using Entries = std::vector<ContextEntry>;

Value paid(Entries entries, Evaluation& evaluation) {
  if (!evaluation.budget().make(entries.size() * sizeof(ContextEntry)) ||
      !evaluation.budget().work(entries.size()))
    return {};
  return make_context(std::move(entries));
}

void put(Entries& entries, Text const& name, Value value) {
  auto const found = std::find_if(entries.begin(), entries.end(),
                                  [&](ContextEntry const& entry) { return *entry.name == *name; });
  if (found == entries.end()) {
    entries.push_back({name, std::move(value)});
  } else {
    found->value = std::move(value);
  }
}

Value get_value(Arguments a, Evaluation&) {
  auto const* found = a[0].entries()->find(*a[1].get<std::string>());
  return found == nullptr ? Value() : *found;
}

Value get_entries(Arguments a, Evaluation& evaluation) {
  static auto const key = std::make_shared<std::string const>("key");
  static auto const value = std::make_shared<std::string const>("value");
  std::vector<Value> all;
  for (auto const& entry : a[0].entries()->entries)
    all.push_back(paid({{key, entry.name}, {value, entry.value}}, evaluation));
  return evaluation.list(std::move(all));
}

// Of entries with `key` and `value`; a key that is missing, no text or comes twice makes it null.
Value context_of(Arguments a, Evaluation& evaluation) {
  Entries entries;
  for (auto const& item : *a[0].items()) {
    auto const* entry = item.entries();
    auto const* key = entry == nullptr ? nullptr : entry->find("key");
    auto const* value = entry == nullptr ? nullptr : entry->find("value");
    auto const* name = key == nullptr ? nullptr : key->get<Text>();
    if (name == nullptr || value == nullptr || !evaluation.budget().work(1 + entries.size() / 8)) return {};
    auto const before = entries.size();
    put(entries, *name, *value);
    if (entries.size() == before) return {};
  }
  return paid(std::move(entries), evaluation);
}

// With several keys the value goes into the context within the context.
Value put_below(Value const& context, std::span<Value const> keys, Value const& value,
                Evaluation& evaluation) {
  if (keys.empty()) return value;
  auto const* name = keys.front().get<Text>();
  auto const* own = context.entries();
  if (name == nullptr || own == nullptr) return {};
  Entries entries = own->entries;
  auto const* inner = own->find(**name);
  auto below = value;
  if (keys.size() > 1) {
    below = put_below(inner == nullptr ? Value() : *inner, keys.subspan(1), value, evaluation);
    if (below.null()) return {};
  }
  put(entries, *name, std::move(below));
  return paid(std::move(entries), evaluation);
}

Value context_put(Arguments a, Evaluation& evaluation) {
  auto const* keys = a[1].items();
  if (keys == nullptr) return put_below(a[0], std::span(&a[1], 1), a[2], evaluation);
  if (keys->empty()) return {};
  return put_below(a[0], *keys, a[2], evaluation);
}

Value context_merge(Arguments a, Evaluation& evaluation) {
  Entries entries;
  for (auto const& item : *a[0].items()) {
    auto const* context = item.entries();
    if (context == nullptr) return {};
    for (auto const& entry : context->entries) {
      if (!evaluation.budget().work(1 + entries.size() / 8)) return {};
      put(entries, entry.name, entry.value);
    }
  }
  return paid(std::move(entries), evaluation);
}

constexpr std::array lines{
    BuiltinLine{"get value", "m:context, key:text | context:context, key:text", get_value},
    BuiltinLine{"get entries", "m:context | context:context", get_entries},
    BuiltinLine{"context", "entries:list", context_of},
    BuiltinLine{"context put", "context:context, key:text, value:any | context:context, keys:list, value:any",
                context_put},
    BuiltinLine{"context merge", "contexts:list", context_merge},
};

}  // namespace

std::span<BuiltinLine const> context_builtins() {
  return lines;
}

}  // namespace yunzhi::process
