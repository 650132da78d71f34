// Where a running process stands: its tokens. Small, a value, written as compact JSON between triggers.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "process/model/definition.hpp"

namespace yunzhi::process {

using TokenId = std::uint32_t;
inline constexpr TokenId no_token = 0;

struct Token {
  enum class State : std::uint8_t {
    waiting,  ///< for a person, a timer, a message or a service
    joining,  ///< at a gateway, for the other ways
    inside,   ///< at a sub-process whose own tokens run
    failed    ///< for somebody to mend what an incident named
  };
  TokenId id = no_token;
  Index node = nowhere;
  TokenId scope = no_token;  ///< the token of the sub-process around it
  State state = State::waiting;
  Index flow = nowhere;  ///< on which it came to a join
  /// What is left of the cycles on the border: (boundary event, firings to come).
  std::vector<std::pair<Index, std::int64_t>> cycles;
};

struct Instance {
  TokenId next = 1;
  std::vector<Token> tokens;  ///< in order of their ids

  [[nodiscard]] bool ended() const { return tokens.empty(); }
  [[nodiscard]] Token* find(TokenId id) {
    auto const found = std::lower_bound(tokens.begin(), tokens.end(), id,
                                        [](Token const& token, TokenId wanted) { return token.id < wanted; });
    return found != tokens.end() && found->id == id ? &*found : nullptr;
  }
  [[nodiscard]] Token const* find(TokenId id) const { return const_cast<Instance*>(this)->find(id); }
};

/// Compact JSON: {"n":next,"t":[[id,"element",scope,"w|j|i|f","flow",{"timer":left}],…]}; flow and cycles
/// stand there only when there are any. Element ids, not numbers, so that a reader can follow it.
std::string save(Definition const& definition, Instance const& instance);
/// Refused when the text is not such a state or names an element the definition does not have.
Result<Instance> restore(Definition const& definition, std::string_view text);

}  // namespace yunzhi::process
