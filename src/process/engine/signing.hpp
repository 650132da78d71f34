// Who has to sign one task, and what they said: counter-signing (会签) by a policy, and people added before,
// after or beside a signer (加签) or taken away again (减签). A small tree of seats; nothing is counted but
// the seats themselves, so no sequence of adding and removing can leave a wrong count behind.
#pragma once

#include <string>
#include <vector>

#include "base/json.hpp"
#include "process/model/signing_rule.hpp"

namespace yunzhi::process {

using SeatId = std::uint32_t;
/// The seat of a task that one person does.
inline constexpr SeatId sole_seat = 0;

enum class Vote : std::uint8_t { none, approve, reject };

struct Seat {
  enum class Place : std::uint8_t { signer, before, after, beside };
  enum class State : std::uint8_t { queued, open, done, removed };
  static constexpr SeatId nobody = ~SeatId{0};

  SeatId id = sole_seat;
  SeatId asker = nobody;  ///< the seat that asked for this one
  Place place = Place::signer;
  State state = State::queued;
  std::string person;  ///< empty: whoever holds the role
  std::string role;
  std::int64_t weight = 1;
  Vote vote = Vote::none;
};

class Signing {
 public:
  enum class Decision : std::uint8_t { open, approved, rejected };

  /// A task of one person, who asks others.
  static Signing alone(std::string person, std::string role);
  /// A task that is counter-signed; `seats` hold person, role and weight.
  static Signing by(SigningRule const& rule, std::vector<Seat> seats);

  /// People who sign before the asker, who waits for them; after the asker; or beside, with a vote of the
  /// same weight. Refused when the asker's seat is not open or the seats would be too many.
  Result<> add(SeatId asker, Seat::Place place, std::vector<std::string> const& people);
  /// Takes away a seat that has not signed, with those it asked for that have not. Refused when it signed,
  /// or when nobody would be left whose signature counts.
  Result<> remove(SeatId seat);
  /// Refused when the seat is not open, or a vote is missing or given where there is none.
  Result<> sign(SeatId seat, Vote vote);
  /// Takes a signature back. Refused when somebody has acted on it.
  Result<> unsign(SeatId seat);

  struct Changes {
    std::vector<Seat> opened;
    std::vector<Seat> closed;
  };
  /// Opens the seats whose turn it is and closes those whose turn it is no longer.
  Changes settle();
  /// The open seats, as they stand.
  [[nodiscard]] std::vector<Seat> open() const;
  [[nodiscard]] Decision decision() const;
  [[nodiscard]] bool votes() const { return policy_ != SigningRule::Policy::none; }
  [[nodiscard]] Seat const* find(SeatId seat) const;
  [[nodiscard]] std::vector<Seat> const& seats() const { return seats_; }
  /// How many have signed.
  [[nodiscard]] std::size_t signatures() const;

  [[nodiscard]] json::object save() const;
  /// Refused when it is no such state.
  static Result<Signing> restore(json::value const& saved);

 private:
  [[nodiscard]] Seat* seat(SeatId id);
  [[nodiscard]] bool complete(Seat const& seat) const;
  [[nodiscard]] bool counts(Seat const& seat) const;
  [[nodiscard]] bool its_turn(Seat const& seat) const;
  [[nodiscard]] bool asked_done(SeatId asker, bool votes_too) const;
  void remove_tree(SeatId id);

  SigningRule::Policy policy_ = SigningRule::Policy::none;
  Share share_;
  bool veto_ = false;
  std::vector<Seat> seats_;  ///< in order of their ids; removed ones stay, so that no id comes twice
};

char const* name_of(Seat::Place place);
char const* name_of(Vote vote);

}  // namespace yunzhi::process
