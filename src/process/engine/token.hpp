// A token: somebody's place in a running process. Most tokens are only a place; what few of them carry
// besides (variables of their own, a loop's count, what could be compensated) stands apart.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "process/model/definition.hpp"

namespace yunzhi::process {

using TokenId = std::uint32_t;
inline constexpr TokenId no_token = 0;

/// A value that most owners do not have; copied with them.
template <class T>
class Rare {
 public:
  Rare() = default;
  Rare(Rare&&) noexcept = default;
  Rare(Rare const& other) : value_(other.value_ ? std::make_unique<T>(*other.value_) : nullptr) {}
  Rare& operator=(Rare&&) noexcept = default;
  Rare& operator=(Rare const& other) {
    if (this != &other) value_ = other.value_ ? std::make_unique<T>(*other.value_) : nullptr;
    return *this;
  }
  ~Rare() = default;

  [[nodiscard]] T const* get() const { return value_.get(); }
  [[nodiscard]] T* get() { return value_.get(); }
  T& make() {
    if (!value_) value_ = std::make_unique<T>();
    return *value_;
  }

 private:
  std::unique_ptr<T> value_;
};

/// An activity that is over and can be compensated, with what is inside it.
struct Done {
  Index node = nowhere;
  json::object locals;
  std::vector<Done> inside;
};

/// What is known of an awaited event beyond that it is awaited.
struct Wait {
  Index event = nowhere;
  std::int64_t left = 0;  ///< firings of a cycle to come; negative: without end
  bool was_true = false;  ///< of a condition: it must become false before it triggers again
  json::object seen{};    ///< of a condition that watches variables: what they were when it last looked
};

/// How far a repeated activity is (a multi-instance, a standard loop, a sequential ad-hoc sub-process).
struct LoopState {
  std::int64_t total = -1;  ///< negative: not known before
  std::int64_t started = 0;
  std::int64_t completed = 0;
  json::array items;
  json::array output;
};

struct Extra {
  json::object locals;
  std::vector<Wait> waits;
  std::vector<Done> done;   ///< of a scope, in order of completion
  std::vector<Done> queue;  ///< of a compensation: what is left to undo, the next last
  std::optional<LoopState> loop;
  TokenId owner = no_token;   ///< the compensation this belongs to, which goes on when it is over
  bool compensating = false;  ///< has or had a queue
  bool interrupted = false;   ///< an event sub-process took over: no other may
  bool restored = false;      ///< a finished sub-process, back for its compensation
};

struct Token {
  enum class State : std::uint8_t {
    waiting,  ///< for a person, a timer, a message, a service or a called process
    joining,  ///< at a gateway, for the other ways
    inside,   ///< at a sub-process or repeated activity whose own tokens run
    failed,   ///< for somebody to mend what an incident named
    undoing   ///< at a compensation event, for the handlers
  };
  TokenId id = no_token;
  Index node = nowhere;
  TokenId scope = no_token;  ///< the token around it
  State state = State::waiting;
  bool removed = false;  ///< kept until the list is tidied; lists do not show it
  Index flow = nowhere;  ///< on which it came to a join
  Rare<Extra> extra;
  // Links among the tokens of one scope, kept by Tokens.
  TokenId first_child = no_token;
  TokenId last_child = no_token;
  TokenId next = no_token;
  TokenId previous = no_token;
};

}  // namespace yunzhi::process
