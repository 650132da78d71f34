// One instance on its way to another version: its tokens one by one, from the outside in.
#pragma once

#include <optional>
#include <utility>

#include "process/engine/pairing.hpp"

namespace yunzhi::process {

class Moving {
 public:
  Moving(Definition const& from, Definition const& to, MigrationPlan const& plan, Instance const& instance)
      : pairing_(from, to, plan), old_(instance) {
    done_.instance.next = instance.next;
    done_.instance.role = instance.role;
    done_.instance.called = instance.called;
    done_.arrival.kind = Event::Kind::migrate;
  }
  Result<Migrated> go();

 private:
  /// Where what stands around comes to be: a token and its element.
  struct Place {
    TokenId id = no_token;
    Index node = nowhere;
  };

  void place(Token const& token);
  void move(Token const& token, Index target, Place around);
  void dissolve(Token const& token, Place around);
  std::optional<Place> enclosed(Token const& token, Index target, Place around);
  std::optional<Place> enter(Token const& token, Index scope, Place around);
  void take_extra(Token const& token, Token& fresh);
  std::vector<Done> take_done(std::vector<Done> const& list);
  void take_loop(Token const& token, Extra& extra);
  void take_flow(Token const& token, Token& fresh);
  void take_waits(TokenId old, TokenId fresh, std::vector<Index> const& before,
                  std::vector<Index> const& after);
  void take_memory();
  [[nodiscard]] bool rename_back(json::object& back) const;
  [[nodiscard]] std::vector<Index> awaited(Token const& token, Node const& node) const;
  [[nodiscard]] bool repeated(Token const& token) const { return repetition(old_, token); }
  void refuse_token(Token const& token, std::string text, std::vector<std::string> arguments);

  Pairing pairing_;
  Instance const& old_;
  Migrated done_;
  Refusal refusal_{Why::conflict, {}};
  std::map<TokenId, Place> places_;
  std::map<std::pair<TokenId, Index>, TokenId> entered_;
  std::map<std::pair<TokenId, Index>, TokenId> brought_;
  std::map<TokenId, std::vector<Wait>> waits_;  ///< of tokens in the new version
  std::vector<Token> tokens_;
};

}  // namespace yunzhi::process
