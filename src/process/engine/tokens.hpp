// The tokens of an instance, in order of their ids and as a tree of scopes. Adding, finding and removing
// one costs about the same however many there are.
#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <vector>

#include "process/engine/token.hpp"

namespace yunzhi::process {

class Tokens {
 public:
  class Iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = Token;
    using difference_type = std::ptrdiff_t;
    using pointer = Token const*;
    using reference = Token const&;

    Iterator() = default;
    Iterator(Token const* at, Token const* end) : at_(at), end_(end) { skip(); }
    reference operator*() const { return *at_; }
    pointer operator->() const { return at_; }
    Iterator& operator++() {
      ++at_;
      skip();
      return *this;
    }
    Iterator operator++(int) {
      auto const old = *this;
      ++*this;
      return old;
    }
    friend bool operator==(Iterator const& a, Iterator const& b) { return a.at_ == b.at_; }

   private:
    void skip() {
      while (at_ != end_ && at_->removed) ++at_;
    }
    Token const* at_ = nullptr;
    Token const* end_ = nullptr;
  };

  [[nodiscard]] Iterator begin() const { return {list_.data(), list_.data() + list_.size()}; }
  [[nodiscard]] Iterator end() const { return {list_.data() + list_.size(), list_.data() + list_.size()}; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  /// Tokens that something outside can move: waiting or failed.
  [[nodiscard]] std::size_t movable() const { return movable_; }

  /// The token, or null. Pointers hold until the next add().
  [[nodiscard]] Token* find(TokenId id);
  [[nodiscard]] Token const* find(TokenId id) const { return const_cast<Tokens*>(this)->find(id); }
  /// The token around others: the process itself for no_token. Null when it is gone.
  [[nodiscard]] Token* scope(TokenId id) { return id == no_token ? &root_ : find(id); }
  [[nodiscard]] Token const* scope(TokenId id) const { return const_cast<Tokens*>(this)->scope(id); }
  [[nodiscard]] std::vector<TokenId> children(TokenId scope) const;

  /// Its id must be greater than all before, its scope there.
  void add(Token token);
  void remove(TokenId id);
  void set_state(Token& token, Token::State state);
  /// So many more are about to come.
  void expect(std::size_t count) {
    if (list_.size() + count > list_.capacity())
      list_.reserve(std::max(list_.size() + count, 2 * list_.capacity()));
  }

 private:
  static bool movable(Token::State state) {
    return state == Token::State::waiting || state == Token::State::failed;
  }
  void tidy();

  std::vector<Token> list_;
  Token root_;
  std::size_t size_ = 0;
  std::size_t movable_ = 0;
};

}  // namespace yunzhi::process
