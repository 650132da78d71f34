// The counter-sign policy of a user task: who signs it, and when it counts as signed.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace yunzhi::process {

struct Signer {
  enum class Kind : std::uint8_t {
    field,   ///< the person or the people a field of the record names, one signature each
    role,    ///< one signature by whoever holds the role
    holders  ///< one signature by everybody who holds the role
  };
  Kind kind = Kind::role;
  std::string name;
  std::int64_t weight = 1;
};

/// A part of the whole, without rounding: 2/3.
struct Share {
  std::int64_t part = 1;
  std::int64_t whole = 1;
};

struct SigningRule {
  enum class Policy : std::uint8_t {
    none,     ///< nobody votes; everybody asked must be done
    all,      ///< approved by everybody
    any,      ///< approved by one
    ratio,    ///< approved by a share of the signers
    weighted  ///< approved by a share of the signers' weight
  };
  Policy policy = Policy::none;
  std::vector<Signer> signers;
  Share share;
  bool veto = false;   ///< one rejection rejects
  std::string result;  ///< the field that says whether it was approved
};

/// Reads `yunzhi:sign`, `signers`, `share`, `veto` and `result` of a user task. Signers are separated by
/// commas: `field:<name>`, `role:<id>`, `holders:<id>`, each with `=<weight>` behind it or not. A share reads
/// `2/3` or `60%`. Nothing when there is no `sign`; a fault names the attribute and what would be right.
Result<std::optional<SigningRule>> read_signing_rule(
    std::function<std::string(std::string_view)> const& attribute);

char const* name_of(SigningRule::Policy policy);
std::optional<SigningRule::Policy> policy_named(std::string_view name);

}  // namespace yunzhi::process
