#include "describe/validate.hpp"

#include <valijson/adapters/boost_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

namespace yunzhi::describe {
namespace {

bool is_unsupported(std::string_view keyword) {
  for (auto const* name :
       {"pattern", "patternProperties", "prefixItems", "dependentRequired", "dependentSchemas",
        "unevaluatedProperties", "unevaluatedItems", "$dynamicRef", "$recursiveRef"})
    if (keyword == name) return true;
  return false;
}

// "<root>[systems][0]" as "/systems/0".
std::string pointer_of(std::string const& context) {
  std::string pointer;
  for (std::size_t at = context.find('['); at != std::string::npos; at = context.find('[', at + 1)) {
    auto const end = context.find(']', at);
    if (end == std::string::npos) break;
    pointer += "/" + context.substr(at + 1, end - at - 1);
  }
  return pointer;
}

void compile(json::object const& schema, valijson::Schema& compiled) {
  valijson::SchemaParser parser;
  json::value const document = schema;
  parser.populateSchema(valijson::adapters::BoostJsonAdapter(document), compiled);
}

}  // namespace

Result<> check_schema(json::value const& schema) {
  if (auto const* array = schema.if_array())
    for (auto const& element : *array)
      if (auto const checked = check_schema(element); checked.has_error()) return checked.error();
  if (auto const* object = schema.if_object())
    for (auto const& member : *object) {
      if (is_unsupported(member.key()))
        return refuse(Why::invalid, "", "the schema keyword '{}' is not supported here",
                      std::string_view(member.key()));
      if (auto const checked = check_schema(member.value()); checked.has_error()) return checked.error();
    }
  return {};
}

Result<> check_schema_whole(json::object const& schema) {
  if (auto const checked = check_schema(json::value(schema)); checked.has_error()) return checked.error();
  try {
    valijson::Schema compiled;
    compile(schema, compiled);
    return {};
  } catch (std::exception const& thrown) {
    return refuse(Why::invalid, "", "this is no JSON Schema: {}", thrown.what());
  }
}

Result<> validate(json::object const& schema, json::value const& value) {
  valijson::Schema compiled;
  compile(schema, compiled);
  valijson::Validator validator;
  valijson::ValidationResults results;
  if (validator.validate(compiled, valijson::adapters::BoostJsonAdapter(value), &results)) return {};
  Refusal refusal;
  valijson::ValidationResults::Error error;
  while (results.popError(error)) {
    std::string context;
    for (auto const& part : error.context) context += part;
    auto pointer = pointer_of(context);
    if (pointer.empty() && results.numErrors() > 0) continue;
    refusal.faults.push_back({std::move(pointer), "does not fit the form: {}", {error.description}});
  }
  if (refusal.faults.empty()) refusal.faults.push_back({"", "does not fit the form", {}});
  return refusal;
}

}  // namespace yunzhi::describe
