// A member of a described struct as data: what JSON, columns, schemas, forms and history are made from.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/result.hpp"

namespace yunzhi::describe {

enum class Kind {
  line,
  prose,
  code,
  integer,
  number,
  flag,
  instant,
  date,
  duration,
  choice,
  reference,
  references,
  map
};

/// How a kind is stored.
enum class Storage { text, integer, real };

struct Field {
  std::string name;
  Kind kind = Kind::line;
  bool required = true;              ///< false for std::optional members, which may be null
  std::vector<std::string> choices;  ///< names of the enum, for choice
  std::string target;                ///< record kind, for reference and references
};

using Fields = std::vector<Field>;

/// The field of that name, or nullptr.
Field const* find(Fields const& fields, std::string_view name);

std::string_view kind_name(Kind kind);
Storage storage_of(Kind kind);

/// Checks one value against its field: type, length, range, choice, null. Instants may come with any
/// offset and durations in any form; the result is canonical (UTC, shortest form).
/// The fault's field is "/name", or "/name/3" for an element.
Result<json::value> check(Field const& field, json::value const& value);

/// Checks an object against fields; every fault is gathered. Names that are no field are faults.
/// `partial` accepts missing required fields (a patch); otherwise absent optional fields become null.
Result<json::object> check(Fields const& fields, json::object const& object, bool partial);

/// JSON Schema (2020-12) of one field and of an object of them, for OpenAPI and forms.
json::object schema(Field const& field);
json::object schema(Fields const& fields, bool partial = false);

}  // namespace yunzhi::describe
