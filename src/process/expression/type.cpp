#include "process/expression/type.hpp"

#include <algorithm>
#include <array>

#include "process/expression/function.hpp"

namespace yunzhi::process {
namespace {

Type const& type_or_any(TypePointer const& type) {
  static Type const any;
  return type == nullptr ? any : *type;
}

bool list_conforms(Value const& value, Type const& element) {
  auto const* items = value.items();
  return items != nullptr && std::all_of(items->begin(), items->end(), [&](Value const& item) {
           return item.null() || conforms(item, element);
         });
}

bool context_conforms(Value const& value, Type const& type) {
  auto const* entries = value.entries();
  if (entries == nullptr) return false;
  return std::all_of(type.members.begin(), type.members.end(), [&](auto const& member) {
    auto const* entry = entries->find(member.first);
    return entry != nullptr && (entry->null() || conforms(*entry, type_or_any(member.second)));
  });
}

bool range_conforms(Value const& value, Type const& element) {
  auto const* range = value.get<RangePointer>();
  if (range == nullptr) return false;
  auto const fits = [&](Value const& side) { return side.null() || conforms(side, element); };
  return fits((*range)->low) && fits((*range)->high);
}

bool function_conforms(Value const& value, Type const& type) {
  auto const* pointer = value.get<FunctionPointer>();
  if (pointer == nullptr) return false;
  auto const& function = **pointer;
  if (type.members.size() != function.parameters.size()) return false;
  for (std::size_t i = 0; i < type.members.size(); ++i)
    if (!conforms(type_or_any(type.members[i].second), function.parameters[i].type)) return false;
  return conforms(function.result, type_or_any(type.element));
}

struct Named {
  std::string_view name;
  Kind kind;
};
constexpr std::array names{Named{"boolean", Kind::boolean},
                           Named{"number", Kind::number},
                           Named{"string", Kind::text},
                           Named{"date", Kind::date},
                           Named{"time", Kind::time},
                           Named{"date and time", Kind::date_time},
                           Named{"dateTime", Kind::date_time},
                           Named{"days and time duration", Kind::duration},
                           Named{"dayTimeDuration", Kind::duration},
                           Named{"years and months duration", Kind::months},
                           Named{"yearMonthDuration", Kind::months},
                           Named{"list", Kind::list},
                           Named{"context", Kind::context},
                           Named{"range", Kind::range},
                           Named{"function", Kind::function}};

}  // namespace

TypePointer simple_type(Kind kind) {
  Type type;
  type.form = Type::Form::simple;
  type.kind = kind;
  return std::make_shared<Type const>(std::move(type));
}

TypePointer named_type(std::string_view name) {
  Type type;
  if (name == "Any") return std::make_shared<Type const>(std::move(type));
  type.form = Type::Form::nothing;
  if (name == "Null") return std::make_shared<Type const>(std::move(type));
  auto const found =
      std::find_if(names.begin(), names.end(), [name](Named const& named) { return named.name == name; });
  return found == names.end() ? nullptr : simple_type(found->kind);
}

bool conforms(Value const& value, Type const& type) {
  switch (type.form) {
    case Type::Form::any:
      return !value.null();
    case Type::Form::nothing:
      return value.null();
    case Type::Form::simple:
      return value.kind() == type.kind;
    case Type::Form::list:
      return list_conforms(value, type_or_any(type.element));
    case Type::Form::context:
      return context_conforms(value, type);
    case Type::Form::range:
      return range_conforms(value, type_or_any(type.element));
    default:
      return function_conforms(value, type);
  }
}

bool conforms(Type const& one, Type const& other) {
  if (other.any() || one.form == Type::Form::nothing) return true;
  if (one.form != other.form) {
    // list<number> is a list, context<a: number> a context.
    auto const kind_of = [](Type::Form form) {
      return form == Type::Form::list ? Kind::list
                                      : (form == Type::Form::context ? Kind::context : Kind::null);
    };
    return other.form == Type::Form::simple && kind_of(one.form) == other.kind && other.kind != Kind::null;
  }
  if (one.form == Type::Form::simple) return one.kind == other.kind;
  if (one.form == Type::Form::context)
    return std::all_of(other.members.begin(), other.members.end(), [&](auto const& member) {
      auto const found = std::find_if(one.members.begin(), one.members.end(),
                                      [&](auto const& own) { return own.first == member.first; });
      return found != one.members.end() && conforms(type_or_any(found->second), type_or_any(member.second));
    });
  return conforms(type_or_any(one.element), type_or_any(other.element));
}

Value coerced(Value const& value, Type const& type) {
  if (value.null() || type.any() || conforms(value, type)) return value;
  if (type.form == Type::Form::simple && type.kind == Kind::date_time)
    if (auto const* date = value.get<Date>()) return DateTime{*date, Time{0, std::chrono::seconds{0}}};
  auto const* items = value.items();
  if (items != nullptr && items->size() == 1 && type.form != Type::Form::list) {
    auto const& only = items->front();
    return only.items() == nullptr || conforms(only, type) ? coerced(only, type) : Value();
  }
  bool const wants_list =
      type.form == Type::Form::list || (type.form == Type::Form::simple && type.kind == Kind::list);
  if (!wants_list || items != nullptr) return {};
  auto const& element = type_or_any(type.element);
  if (!element.any() && !conforms(value, element)) return {};
  return make_list({value});
}

}  // namespace yunzhi::process
