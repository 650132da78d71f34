// Signing: the part of Performance that asks for signatures, takes them and comes to a decision.
#include <algorithm>

#include "process/engine/performance.hpp"

namespace yunzhi::process {
namespace {

void add_person(std::vector<Seat>& seats, std::string_view person, std::int64_t weight) {
  bool const known =
      std::any_of(seats.begin(), seats.end(), [&](Seat const& other) { return other.person == person; });
  if (person.empty() || known) return;
  Seat seat;
  seat.person = person;
  seat.weight = weight;
  seats.push_back(std::move(seat));
}

void add_people(std::vector<Seat>& seats, json::object const& fields, Signer const& signer) {
  auto const* value = fields.if_contains(signer.name);
  if (value == nullptr) return;
  if (auto const* one = value->if_string()) add_person(seats, *one, signer.weight);
  if (auto const* many = value->if_array())
    for (auto const& item : *many)
      if (auto const* person = item.if_string()) add_person(seats, *person, signer.weight);
}

}  // namespace

std::optional<Signing> signing_of(Instance const& instance, TokenId token) {
  auto const* all = instance.kept.if_contains("sign");
  auto const* saved = all == nullptr ? nullptr : all->as_object().if_contains(std::to_string(token));
  if (saved == nullptr) return std::nullopt;
  return Signing::restore(*saved).value();
}

std::vector<Seat> Performance::seats_for(SigningRule const& rule, CreateTask const& create) {
  std::vector<Seat> seats;
  for (auto const& signer : rule.signers) {
    if (signer.kind == Signer::Kind::field) add_people(seats, create.signers, signer);
    if (signer.kind == Signer::Kind::holders && verb_.holders_of)
      for (auto const& person : verb_.holders_of(signer.name)) add_person(seats, person, signer.weight);
    if (signer.kind != Signer::Kind::role) continue;
    Seat seat;
    seat.role = signer.name;
    seat.weight = signer.weight;
    seats.push_back(std::move(seat));
  }
  for (auto& seat : seats)
    if (seat.role.empty()) seat.role = create.role;
  return seats;
}

// Nobody to sign is no reason to lose the task: it goes to the role of its lane, and somebody is told.
void Performance::begin_task(CreateTask create) {
  auto const* memory = returning_;
  auto const* held = memory == nullptr ? nullptr : memory->if_contains("who");
  if (held != nullptr) create.assignee = std::string_view(held->as_string());
  if (memory != nullptr && memory->contains("back")) keep("back", create.token, memory->at("back"));
  auto const* saved = memory == nullptr ? nullptr : memory->if_contains("sign");
  auto const& rule = create.node->form.signing;
  if (saved == nullptr && !rule) {
    done_.step.effects.emplace_back(std::move(create));
    return;
  }
  auto signing = saved != nullptr ? Signing::restore(*saved).value() : Signing();
  if (saved == nullptr) {
    auto seats = seats_for(*rule, create);
    if (seats.empty()) {
      Fault fault{"", "nobody is found to sign '{}'", {create.node->id}};
      done_.step.history.push_back({HistoryRow::Kind::incident, create.node, fault.english(), {}});
      done_.step.effects.emplace_back(Incident{create.token, create.node, std::move(fault)});
      Seat seat;
      seat.role = create.role;
      seats.push_back(std::move(seat));
    }
    signing = Signing::by(*rule, std::move(seats));
  }
  signing.settle();
  for (auto const& seat : signing.open())
    done_.opened.push_back({create.token, create.node, seat, create.due});
  keep("sign", create.token, signing.save());
}

void Performance::cancel_task(CancelTask const& cancel) {
  auto const signing = signing_of(instance(), cancel.token);
  if (!signing) {
    done_.step.effects.emplace_back(cancel);
    return;
  }
  // A signature asked for on the way, by a step that is left again in the same act, is never seen.
  for (auto const& seat : signing->open())
    if (std::erase_if(done_.opened, [&](OpenSeat const& opened) {
          return opened.token == cancel.token && opened.seat.id == seat.id;
        }) == 0)
      done_.closed.push_back({cancel.token, cancel.node, seat.id});
}

Result<> Performance::complete() {
  auto const token = open_task();
  if (!token) return token.error();
  auto signing = signing_of(instance(), *token);
  if (!signing) {
    if (verb_.seat != sole_seat) return refuse(Why::conflict, "", "the task is no longer open");
    if (verb_.vote != Vote::none) return refuse(Why::invalid, "/vote", "this step is not voted on");
    return finish(*token);
  }
  if (auto signed_off = signing->sign(verb_.seat, verb_.vote); !signed_off) return signed_off;
  note("signed", &node_of(*token), name_of(verb_.vote));
  return settle_signing(*token, std::move(*signing));
}

// The step is done: on along the flows, or straight back to who had sent it back.
Result<> Performance::finish(TokenId token) {
  if (kept("back", token) != nullptr) return return_to_sender(token);
  return advance_by(event(Event::Kind::complete, token));
}

Result<> Performance::settle_signing(TokenId token, Signing signing) {
  auto const& node = node_of(token);
  auto const decision = signing.decision();
  if (decision == Signing::Decision::open) {
    auto const changes = signing.settle();
    for (auto const& seat : changes.closed) done_.closed.push_back({token, &node, seat.id});
    for (auto const& seat : changes.opened) done_.opened.push_back({token, &node, seat, std::nullopt});
    keep("sign", token, signing.save());
    // What a signer brings is known before the others have signed.
    return verb_.event.changes.empty() ? Result<>() : advance_by(event(Event::Kind::change, token));
  }
  for (auto const& seat : signing.open()) done_.closed.push_back({token, &node, seat.id});
  forget("sign", token);
  if (signing.votes()) {
    bool const approved = decision == Signing::Decision::approved;
    note("decided", &node, approved ? "approved" : "rejected");
    if (node.form.signing) {
      done_.fields[node.form.signing->result] = approved;
      verb_.event.fields[node.form.signing->result] = approved;
    }
  }
  return finish(token);
}

Result<> Performance::add_sign() {
  auto const token = open_task();
  if (!token) return token.error();
  auto signing = signing_of(instance(), *token);
  if (!signing) {
    auto const held = verb_.holders.find(*token);
    signing =
        Signing::alone(held == verb_.holders.end() ? verb_.event.actor : held->second, node_of(*token).role);
  }
  if (auto added = signing->add(verb_.seat, verb_.place, verb_.people); !added) return added;
  for (auto const& person : verb_.people) note("sign_added", &node_of(*token), person);
  return settle_signing(*token, std::move(*signing));
}

Result<> Performance::remove_sign() {
  auto const token = open_task();
  if (!token) return token.error();
  auto signing = signing_of(instance(), *token);
  if (!signing) return refuse(Why::conflict, "", "this step is not signed by several people");
  auto const open = signing->open();
  if (auto removed = signing->remove(verb_.seat); !removed) return removed;
  for (auto const& seat : open)
    if (signing->find(seat.id)->state == Seat::State::removed)
      done_.closed.push_back({*token, &node_of(*token), seat.id});
  note("sign_removed", &node_of(*token), signing->find(verb_.seat)->person);
  return settle_signing(*token, std::move(*signing));
}

}  // namespace yunzhi::process
