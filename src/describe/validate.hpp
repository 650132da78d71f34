// Checks a value against a JSON Schema (draft 7), for the forms of steps. The only door to the library.
#pragma once

#include "base/json.hpp"
#include "base/result.hpp"

namespace yunzhi::describe {

/// Refuses keywords the library would silently ignore (prefixItems, dependentRequired, unevaluated…) and
/// `pattern`, whose cost nobody bounds.
Result<> check_schema(json::value const& schema);
/// The same, and that the library understands it as a whole: for schemas that people write.
Result<> check_schema_whole(json::object const& schema);

/// Every fault with its JSON pointer. The schema must have passed check_schema.
Result<> validate(json::object const& schema, json::value const& value);

}  // namespace yunzhi::describe
