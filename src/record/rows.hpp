// Records between their canonical JSON object and the columns of their table.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "describe/field.hpp"
#include "store/store.hpp"

namespace yunzhi::record {

/// A JSON value in canonical form as a column, and back.
store::Value to_column(describe::Field const& field, json::value const& value);
json::value from_column(describe::Field const& field, store::Value const& value);

/// Storage of each field, for select.
std::vector<store::Storage> columns_of(describe::Fields const& fields);

/// "a, b, c", each with `prefix` in front.
std::string names_of(describe::Fields const& fields, std::string_view prefix = "");

json::object to_object(describe::Fields const& fields, store::Values const& row);

/// Inserts a whole record: the object holds every field.
void insert(store::Edit& edit, std::string const& table, describe::Fields const& fields,
            json::object const& object);

/// Writes the named fields of one record; false when it is not there.
bool update(store::Edit& edit, std::string const& table, describe::Fields const& fields,
            std::string const& id, json::object const& changes);

/// One record, or an empty object.
json::object fetch(store::Reader& reader, std::string const& table, describe::Fields const& fields,
                   std::string const& id);

/// {"field": [old, new]} for what differs; updated_at and version are left out.
json::object difference(json::object const& before, json::object const& after);

}  // namespace yunzhi::record
