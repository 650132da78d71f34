#include "process/engine/signing.hpp"

#include <algorithm>

#include "base/limits.hpp"

namespace yunzhi::process {
namespace {

using Place = Seat::Place;
using State = Seat::State;

bool over(Seat const& seat) {
  return seat.state == State::done || seat.state == State::removed;
}

Refusal not_open() {
  return refuse(Why::conflict, "", "the task is no longer open");
}

}  // namespace

Signing Signing::alone(std::string person, std::string role) {
  Signing signing;
  Seat seat;
  seat.state = State::open;
  seat.person = std::move(person);
  seat.role = std::move(role);
  signing.seats_.push_back(std::move(seat));
  return signing;
}

Signing Signing::by(SigningRule const& rule, std::vector<Seat> seats) {
  Signing signing;
  signing.policy_ = rule.policy;
  signing.share_ = rule.share;
  signing.veto_ = rule.veto || rule.policy == SigningRule::Policy::all;
  signing.seats_ = std::move(seats);
  SeatId id = sole_seat;
  for (auto& seat : signing.seats_) seat.id = ++id;
  return signing;
}

Seat* Signing::seat(SeatId id) {
  auto const found =
      std::find_if(seats_.begin(), seats_.end(), [&](Seat const& one) { return one.id == id; });
  return found == seats_.end() ? nullptr : &*found;
}

Seat const* Signing::find(SeatId id) const {
  return const_cast<Signing*>(this)->seat(id);
}

bool Signing::asked_done(SeatId asker, bool votes_too) const {
  return std::all_of(seats_.begin(), seats_.end(), [&](Seat const& other) {
    return other.asker != asker || (!votes_too && other.place == Place::beside) || complete(other);
  });
}

bool Signing::complete(Seat const& one) const {
  return over(one) && asked_done(one.id, true);
}

// Those beside a voter vote too; those before and after only advise.
bool Signing::counts(Seat const& one) const {
  if (one.state == State::removed) return false;
  if (one.place == Place::signer) return true;
  return one.place == Place::beside && counts(*find(one.asker));
}

bool Signing::its_turn(Seat const& one) const {
  if (over(one)) return false;
  if (one.place == Place::after && !over(*find(one.asker))) return false;
  return std::all_of(seats_.begin(), seats_.end(), [&](Seat const& other) {
    return other.asker != one.id || other.place != Place::before || complete(other);
  });
}

Result<> Signing::add(SeatId asker, Place place, std::vector<std::string> const& people) {
  auto const* own = seat(asker);
  if (own == nullptr || own->state != State::open) return not_open();
  if (people.empty()) return refuse(Why::invalid, "/people", "must not be empty");
  if (seats_.size() + people.size() > limits::signing_seats)
    return refuse(Why::invalid, "/people", "one step can be signed by at most {} people",
                  limits::signing_seats);
  auto const weight = own->weight;
  auto const role = own->role;
  for (auto const& person : people) {
    Seat made;
    made.id = seats_.back().id + 1;
    made.asker = asker;
    made.place = place;
    made.person = person;
    made.role = role;
    made.weight = weight;
    seats_.push_back(std::move(made));
  }
  return {};
}

void Signing::remove_tree(SeatId id) {
  if (auto* one = seat(id); one->state != State::done) one->state = State::removed;
  for (auto const& other : std::vector<Seat>(seats_))
    if (other.asker == id) remove_tree(other.id);
}

Result<> Signing::remove(SeatId id) {
  auto const* one = seat(id);
  if (one == nullptr || over(*one)) return refuse(Why::conflict, "", "this signature is no longer asked for");
  auto tried = *this;
  tried.remove_tree(id);
  if (std::none_of(tried.seats_.begin(), tried.seats_.end(),
                   [&](Seat const& left) { return tried.counts(left); }))
    return refuse(Why::conflict, "", "somebody has to sign; this is the last signature");
  *this = std::move(tried);
  return {};
}

Result<> Signing::sign(SeatId id, Vote vote) {
  auto* one = seat(id);
  if (one == nullptr || one->state != State::open) return not_open();
  if (votes() && vote == Vote::none)
    return refuse(Why::invalid, "/vote", "must be one of {}", "approve, reject");
  if (!votes() && vote != Vote::none) return refuse(Why::invalid, "/vote", "this step is not voted on");
  one->state = State::done;
  one->vote = vote;
  return {};
}

Result<> Signing::unsign(SeatId id) {
  auto* one = seat(id);
  auto const later = [&](Seat const& other) {
    return other.asker == id && other.place == Place::after && over(other);
  };
  if (one == nullptr || one->state != State::done || std::any_of(seats_.begin(), seats_.end(), later))
    return refuse(Why::conflict, "", "the next step has already been touched");
  one->state = State::queued;
  one->vote = Vote::none;
  return {};
}

Signing::Changes Signing::settle() {
  Changes changes;
  for (auto& one : seats_) {
    if (over(one)) continue;
    bool const turn = its_turn(one);
    if (turn == (one.state == State::open)) continue;
    one.state = turn ? State::open : State::queued;
    (turn ? changes.opened : changes.closed).push_back(one);
  }
  return changes;
}

std::vector<Seat> Signing::open() const {
  std::vector<Seat> all;
  std::copy_if(seats_.begin(), seats_.end(), std::back_inserter(all),
               [](Seat const& one) { return one.state == State::open; });
  return all;
}

std::size_t Signing::signatures() const {
  return static_cast<std::size_t>(
      std::count_if(seats_.begin(), seats_.end(), [](Seat const& one) { return one.state == State::done; }));
}

// A vote counts once those its signer asked to sign after it have signed.
Signing::Decision Signing::decision() const {
  using Policy = SigningRule::Policy;
  std::int64_t total = 0;
  std::int64_t approving = 0;
  std::int64_t rejecting = 0;
  bool everybody = true;
  for (auto const& one : seats_) {
    everybody = everybody && complete(one);
    if (!counts(one)) continue;
    auto const weight = policy_ == Policy::weighted ? one.weight : 1;
    total += weight;
    if (one.state != State::done || !asked_done(one.id, false)) continue;
    if (one.vote == Vote::approve) approving += weight;
    if (one.vote == Vote::reject) rejecting += weight;
  }
  if (policy_ == Policy::none) return everybody ? Decision::approved : Decision::open;
  if (rejecting > 0 && veto_) return Decision::rejected;
  if (policy_ == Policy::all) return approving == total ? Decision::approved : Decision::open;
  if (policy_ == Policy::any) {
    // With a veto the others are heard first: a later rejection must still count.
    if (approving > 0 && (!veto_ || approving + rejecting == total)) return Decision::approved;
    return rejecting == total ? Decision::rejected : Decision::open;
  }
  auto const needed = share_.part * total;
  if ((total - rejecting) * share_.whole < needed) return Decision::rejected;
  if (approving * share_.whole < needed) return Decision::open;
  return veto_ && approving + rejecting < total ? Decision::open : Decision::approved;
}

namespace {

constexpr char const* places[] = {"signer", "before", "after", "beside"};
constexpr std::string_view states = "qodr";
constexpr char const* votes_named[] = {"", "approve", "reject"};

bool read_seat(json::value const& saved, Seat& seat) {
  auto const* parts = saved.if_array();
  if (parts == nullptr || parts->size() != 8) return false;
  for (auto const number : {0U, 1U, 2U, 6U, 7U})
    if (!(*parts)[number].is_int64()) return false;
  for (auto const text : {3U, 4U, 5U})
    if (!(*parts)[text].is_string()) return false;
  auto const asker = (*parts)[1].get_int64();
  auto const place = (*parts)[2].get_int64();
  auto const vote = (*parts)[7].get_int64();
  auto const state = states.find(std::string_view((*parts)[3].get_string()));
  if (place < 0 || place > 3 || vote < 0 || vote > 2 || state == std::string_view::npos) return false;
  seat.id = static_cast<SeatId>((*parts)[0].get_int64());
  seat.asker = asker < 0 ? Seat::nobody : static_cast<SeatId>(asker);
  seat.place = static_cast<Place>(place);
  seat.state = static_cast<State>(state);
  seat.person = std::string_view((*parts)[4].get_string());
  seat.role = std::string_view((*parts)[5].get_string());
  seat.weight = (*parts)[6].get_int64();
  seat.vote = static_cast<Vote>(vote);
  return true;
}

}  // namespace

char const* name_of(Place place) {
  return places[static_cast<std::size_t>(place)];
}
char const* name_of(Vote vote) {
  return votes_named[static_cast<std::size_t>(vote)];
}

json::object Signing::save() const {
  json::array all;
  for (auto const& one : seats_)
    all.push_back(json::array{std::int64_t{one.id}, one.asker == Seat::nobody ? -1 : std::int64_t{one.asker},
                              static_cast<std::int64_t>(one.place),
                              json::string(states.substr(static_cast<std::size_t>(one.state), 1)), one.person,
                              one.role, one.weight, static_cast<std::int64_t>(one.vote)});
  return {{"policy", name_of(policy_)},
          {"part", share_.part},
          {"whole", share_.whole},
          {"veto", veto_},
          {"seats", std::move(all)}};
}

Result<Signing> Signing::restore(json::value const& saved) {
  auto const broken = refuse(Why::invalid, "", "the saved signatures of a task cannot be read");
  auto const* object = saved.if_object();
  if (object == nullptr) return broken;
  auto const* seats = object->if_contains("seats");
  auto const* part = object->if_contains("part");
  auto const* whole = object->if_contains("whole");
  auto const* veto = object->if_contains("veto");
  auto const policy = policy_named(text_of(*object, "policy"));
  if (!policy || seats == nullptr || !seats->is_array() || seats->get_array().empty() || part == nullptr ||
      !part->is_int64() || whole == nullptr || !whole->is_int64() || veto == nullptr || !veto->is_bool())
    return broken;
  Signing signing;
  signing.policy_ = *policy;
  signing.share_ = {part->get_int64(), whole->get_int64()};
  signing.veto_ = veto->get_bool();
  for (auto const& one : seats->get_array()) {
    Seat seat;
    bool const later = read_seat(one, seat) && (signing.seats_.empty() || seat.id > signing.seats_.back().id);
    if (!later || (seat.asker != Seat::nobody && signing.find(seat.asker) == nullptr)) return broken;
    signing.seats_.push_back(std::move(seat));
  }
  return signing;
}

}  // namespace yunzhi::process
