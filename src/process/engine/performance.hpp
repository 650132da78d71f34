// One verb performed: takes the instance through one or more advances and keeps what the verbs remember.
#pragma once

#include "process/engine/perform.hpp"

namespace yunzhi::process {

class Performance {
 public:
  Performance(Definition const& definition, Instance instance, Verb verb)
      : definition_(definition), verb_(std::move(verb)) {
    done_.step.instance = std::move(instance);
  }
  Result<Performed> go();
  /// The instance, when it was refused.
  Instance give_back() { return std::move(done_.step.instance); }

 private:
  // performance.cpp
  Result<> choose();
  Result<> advance_by(Event event);
  void absorb(std::vector<Effect> effects);
  void forget_the_gone();
  void set_suspended(bool on);
  [[nodiscard]] Event event(Event::Kind kind, TokenId token) const;
  [[nodiscard]] Result<TokenId> open_task() const;
  [[nodiscard]] Node const& node_of(TokenId token) const;
  [[nodiscard]] Instance& instance() { return done_.step.instance; }
  [[nodiscard]] Instance const& instance() const { return done_.step.instance; }
  void note(std::string kind, Node const* node, std::string text = {});

  // signing_verbs.cpp
  Result<> complete();
  Result<> finish(TokenId token);
  Result<> add_sign();
  Result<> remove_sign();
  Result<> settle_signing(TokenId token, Signing signing);
  void begin_task(CreateTask create);
  void cancel_task(CancelTask const& cancel);
  [[nodiscard]] std::vector<Seat> seats_for(SigningRule const& rule, CreateTask const& create);
  void keep(std::string_view section, TokenId token, json::value value);
  void forget(std::string_view section, TokenId token);
  [[nodiscard]] json::value const* kept(std::string_view section, TokenId token) const;

  // returning_verbs.cpp
  Result<> send_back();
  Result<> move_into(Index target);
  Result<> take_out(TokenId token);
  Result<TokenId> leave_one(Index scope, TokenId first);
  [[nodiscard]] Index seen_from(TokenId token, Index scope) const;
  Result<> fill_joins(Index target, Index from, TokenId first);
  [[nodiscard]] TokenId outermost(TokenId done, json::array const& images) const;
  void remember_sender(std::string_view before, Index target);
  Result<> return_to_sender(TokenId done);
  Result<> withdraw();
  Result<> withdraw_vote();
  Result<> check_untouched() const;
  /// Tokens to be as the images say, with new ids; what they remember comes with them.
  struct Memory {
    json::object images_kept;  ///< by old token id: {"sign":…,"back":…,"who":person}
    TokenId last = no_token;   ///< comes back last, so that its state is the record's
  };
  Result<> put_back(json::array const& images, std::vector<TokenId> const& instead);
  [[nodiscard]] Memory memory_of_withdrawn(json::array const& images) const;
  Result<> bring_back(json::array const& images, Memory const& memory, std::vector<TokenId> const& instead);

  Definition const& definition_;
  Verb verb_;
  Performed done_;
  std::vector<TokenId> filled_;              // put at joins for ways that are done
  json::object const* returning_ = nullptr;  // what the token that comes back at the moment remembers
};

}  // namespace yunzhi::process
