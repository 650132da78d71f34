// Where a running process stands: its tokens. Small, a value, written as compact JSON between triggers.
#pragma once

#include <string>
#include <string_view>

#include "base/json.hpp"
#include "base/result.hpp"
#include "process/engine/tokens.hpp"

namespace yunzhi::process {

struct Instance {
  TokenId next = 1;
  Tokens tokens;
  std::string role;     ///< of the lane that called it; for steps that name none
  bool called = false;  ///< by a call activity
  /// What the people's verbs remember (signatures, who waits for a step sent back, a suspension), by
  /// subject and then by token; see perform.hpp.
  json::object kept;

  [[nodiscard]] bool ended() const { return tokens.empty(); }
  [[nodiscard]] Token* find(TokenId id) { return tokens.find(id); }
  [[nodiscard]] Token const* find(TokenId id) const { return tokens.find(id); }
};

/// Whether the token is one run of a repeated activity, whose own token is around it.
bool repetition(Instance const& instance, Token const& token);
/// Whether the token is that one around them.
bool runs_inside(Definition const& definition, Instance const& instance, Token const& token);

/// Which run of a repeated activity the token belongs to, from 1; 0 when to none.
std::int64_t run_number(Instance const& instance, Token const& token);

/// Compact JSON: {"n":next,"t":[[id,"element",scope,"w|j|i|f|u","flow",{extra}],…],"k":{…}}; flow, extra and
/// kept stand there only when there are any. Element ids, not numbers, so that a reader can follow it.
std::string save(Definition const& definition, Instance const& instance);
/// Refused when the text is not such a state or names an element the definition does not have.
Result<Instance> restore(Definition const& definition, std::string_view text);

}  // namespace yunzhi::process
