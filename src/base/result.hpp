// Expected failure as a value. A Refusal is what a user can cause and a user can mend; everything else
// (lost database, full disk, broken invariant) is thrown and ends the work it happened in.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/system/result.hpp>

namespace yunzhi {

/// The kind of a refusal. `http` maps each to one status code.
enum class Why {
  invalid,          ///< the input breaks a rule (400 or 422)
  unauthenticated,  ///< nobody is signed in (401)
  forbidden,        ///< signed in, but not allowed (403)
  missing,          ///< no such thing, or none this person may see (404)
  conflict,         ///< contradicts what is stored (409)
  stale,            ///< the caller edited an older version (412)
  too_large,        ///< over a limit of size (413)
  busy,             ///< try again later (429 or 503)
  full              ///< no room left on the disk (507)
};

/// One thing that is wrong. `text` is an English sentence with `{}` for each argument; it is also the key
/// under which the translations are found, so it must be a literal and never built from input.
struct Fault {
  std::string field;  ///< JSON pointer ("/title"), parameter name or "line:column"; empty: the whole
  std::string text;
  std::vector<std::string> arguments;

  /// The English sentence with its arguments filled in.
  [[nodiscard]] std::string english() const;
};

/// Fills the `{}` of a template with the arguments, in order; a missing argument leaves `{}` as it is.
std::string fill(std::string_view text, std::vector<std::string> const& arguments);

/// Why something was not done. Holds at least one fault.
struct Refusal {
  Why why = Why::invalid;
  std::vector<Fault> faults;

  /// All faults in English, one per line, each with its field in front.
  [[nodiscard]] std::string english() const;
};

/// The refusal of what a file says, each fault's field led by the file: "rules.yaml:3:7".
Refusal in_file(std::string_view file, Refusal refusal);

/// Called by boost when value() is taken from a refused Result: a programmer's error.
[[noreturn]] void throw_exception_from_error(Refusal const& refusal, boost::source_location const& where);

template <class T = void>
class [[nodiscard]] Result : public boost::system::result<T, Refusal> {
  using Base = boost::system::result<T, Refusal>;

 public:
  using Base::Base;
};

namespace detail {
inline std::string as_text(std::string_view value) {
  return std::string(value);
}
inline std::string as_text(char const* value) {
  return value;
}
template <class T>
requires std::is_arithmetic_v<T> std::string as_text(T value) {
  return std::to_string(value);
}
}  // namespace detail

/// A refusal of one fault: `refuse(Why::invalid, "/title", "must have at most {} characters", 200)`.
template <class... A>
Refusal refuse(Why why, std::string_view field, std::string_view text, A const&... arguments) {
  return Refusal{why, {Fault{std::string(field), std::string(text), {detail::as_text(arguments)...}}}};
}

}  // namespace yunzhi
