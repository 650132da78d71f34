// Expression text to program: the grammar of FEEL (DMN 1.3, 10.3.1) by recursive descent of bounded depth.
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "process/expression/names.hpp"
#include "process/expression/program.hpp"

namespace yunzhi::process {

/// What is known before an expression is read.
struct Reading {
  Names names;
  /// Refuse a call of a function that nobody knows; FEEL itself gives null.
  bool known_functions_only = false;
};

/// The refusal's field is `line:column` within the text.
Result<Program> parse_expression(std::string_view text, Reading const& reading);

/// `< 5, [7..9], not(…), -`: the program asks of the variable `?`, slot 0, and gives true, false or null.
Result<Program> parse_unary_tests(std::string_view text, Reading const& reading);

/// A type as `instance of` names it.
Result<TypePointer> parse_type(std::string_view text, Names const& names);

}  // namespace yunzhi::process
