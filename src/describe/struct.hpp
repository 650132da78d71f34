// Walks Boost.Describe once: fields of a struct, and the struct to and from the canonical JSON object that
// `check` returns. Every other use works on that object and the fields, so templates end here.
#pragma once

#include <optional>
#include <string>
#include <type_traits>

#include <boost/describe.hpp>
#include <boost/mp11/algorithm.hpp>

#include "base/instant.hpp"
#include "base/json.hpp"
#include "describe/field.hpp"
#include "describe/kinds.hpp"

namespace yunzhi::describe {

template <class T>
struct Optional : std::false_type {
  using Inner = T;
};
template <class T>
struct Optional<std::optional<T>> : std::true_type {
  using Inner = T;
};

template <class T>
concept Targeted = requires {
  T::target();
};

template <class E>
std::string enum_name(E value) {
  return boost::describe::enum_to_string(value, "");
}

template <class T>
constexpr Kind kind_of() {
  if constexpr (std::is_enum_v<T>)
    return Kind::choice;
  else if constexpr (Targeted<T> && std::is_base_of_v<std::string, T>)
    return Kind::reference;
  else if constexpr (Targeted<T>)
    return Kind::references;
  else if constexpr (std::is_same_v<T, Line> || std::is_same_v<T, std::string>)
    return Kind::line;
  else if constexpr (std::is_same_v<T, Prose>)
    return Kind::prose;
  else if constexpr (std::is_same_v<T, Code>)
    return Kind::code;
  else if constexpr (std::is_same_v<T, Map>)
    return Kind::map;
  else if constexpr (std::is_same_v<T, Date>)
    return Kind::date;
  else if constexpr (std::is_same_v<T, Instant>)
    return Kind::instant;
  else if constexpr (std::is_same_v<T, Milliseconds>)
    return Kind::duration;
  else if constexpr (std::is_same_v<T, bool>)
    return Kind::flag;
  else if constexpr (std::is_same_v<T, std::int64_t>)
    return Kind::integer;
  else {
    static_assert(std::is_same_v<T, double>, "this member's type has no meaning in describe/kinds.hpp");
    return Kind::number;
  }
}

template <class Struct, class Visit>
void each_member(Visit&& visit) {
  using Members =
      boost::describe::describe_members<Struct, boost::describe::mod_public | boost::describe::mod_inherited>;
  boost::mp11::mp_for_each<Members>([&](auto member) { visit(member.name, member.pointer); });
}

template <class T>
Field field_of(char const* name) {
  using Inner = typename Optional<T>::Inner;
  Field field;
  field.name = name;
  field.kind = kind_of<Inner>();
  field.required = !Optional<T>::value;
  if constexpr (std::is_enum_v<Inner>)
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Inner>>(
        [&](auto item) { field.choices.emplace_back(item.name); });
  if constexpr (Targeted<Inner>) field.target = Inner::target();
  return field;
}

/// The members of a described struct (bases first), in the order of their description.
template <class Struct>
Fields const& fields() {
  static Fields const all = [] {
    Fields list;
    each_member<Struct>([&](char const* name, auto pointer) {
      using Member = std::remove_cvref_t<decltype(std::declval<Struct>().*pointer)>;
      list.push_back(field_of<Member>(name));
    });
    return list;
  }();
  return all;
}

template <class T>
json::value value_to_json(T const& value) {
  constexpr Kind kind = kind_of<T>();
  if constexpr (kind == Kind::choice)
    return json::value(enum_name(value));
  else if constexpr (kind == Kind::instant)
    return json::value(format_instant(value));
  else if constexpr (kind == Kind::duration)
    return json::value(format_duration(value));
  else if constexpr (kind == Kind::references) {
    json::array ids;
    for (auto const& id : value) ids.emplace_back(id);
    return ids;
  } else if constexpr (kind == Kind::map) {
    json::object texts;
    for (auto const& [name, text] : value) texts[name] = text;
    return texts;
  } else if constexpr (std::is_base_of_v<std::string, T>) {
    return json::value(std::string_view(value));
  } else {
    return json::value(value);
  }
}

/// The canonical JSON object of a struct; an empty optional is null.
template <class Struct>
json::object to_json(Struct const& record) {
  json::object object;
  each_member<Struct>([&](char const* name, auto pointer) {
    auto const& member = record.*pointer;
    using Member = std::remove_cvref_t<decltype(member)>;
    if constexpr (Optional<Member>::value)
      object[name] = member ? value_to_json(*member) : json::value(nullptr);
    else
      object[name] = value_to_json(member);
  });
  return object;
}

template <class T>
void json_to_value(json::value const& from, T& to) {
  constexpr Kind kind = kind_of<T>();
  if constexpr (kind == Kind::choice)
    boost::describe::enum_from_string(from.as_string().c_str(), to);
  else if constexpr (kind == Kind::instant)
    to = parse_instant(from.as_string()).value();
  else if constexpr (kind == Kind::duration)
    to = parse_duration(from.as_string()).value();
  else if constexpr (kind == Kind::references) {
    to.clear();
    for (auto const& id : from.as_array()) to.emplace_back(std::string_view(id.as_string()));
  } else if constexpr (kind == Kind::map) {
    to.clear();
    for (auto const& member : from.as_object()) to[member.key()] = member.value().as_string();
  } else if constexpr (std::is_base_of_v<std::string, T>) {
    auto const& text = from.as_string();
    to.assign(text.data(), text.size());
  } else if constexpr (kind == Kind::flag) {
    to = from.as_bool();
  } else {
    to = from.to_number<T>();
  }
}

/// Fills a struct from an object that passed `check`. Absent members keep their defaults.
template <class Struct>
Struct from_json(json::object const& object) {
  Struct record{};
  each_member<Struct>([&](char const* name, auto pointer) {
    auto& member = record.*pointer;
    using Member = std::remove_cvref_t<decltype(member)>;
    auto const* value = object.if_contains(name);
    if (value == nullptr || value->is_null()) return;
    if constexpr (Optional<Member>::value)
      json_to_value(*value, member.emplace());
    else
      json_to_value(*value, member);
  });
  return record;
}

}  // namespace yunzhi::describe
