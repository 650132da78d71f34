// Equality, order and membership of FEEL values (DMN 1.3, 10.3.2.13 to 10.3.2.15), three-valued: nothing
// where the question has no meaning.
#pragma once

#include <optional>

#include "process/expression/value.hpp"

namespace yunzhi::process {

/// Whether the two are equal; nothing when they are of different kinds (null equals only null).
std::optional<bool> equal(Value const& left, Value const& right);
/// -1, 0 or 1; nothing when the kinds differ or have no order.
std::optional<int> compare(Value const& left, Value const& right);
/// Whether the range holds the value; nothing when they cannot be compared.
std::optional<bool> holds(Range const& range, Value const& value);
/// Whether the two are the same element of the same kind, as is() asks: 0 and 0.0 are, a date and a date
/// and time never.
bool identical(Value const& left, Value const& right);

}  // namespace yunzhi::process
