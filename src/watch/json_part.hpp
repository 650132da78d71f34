// Reads the members of one object within a larger body. Faults of all parts come together in one list, each
// with its pointer into the body.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/body.hpp"

namespace yunzhi::watch {

class Part {
 public:
  /// `at` is the object's pointer: "/rows/0". Object and list outlive the part.
  Part(json::object const& object, std::string at, std::vector<Fault>& faults)
      : object_(object), at_(std::move(at)), body_(object, at_), faults_(faults) {}

  /// A text that may be left out.
  std::string text(std::string_view name, std::size_t most) {
    return body_.optional_text(name, most).value_or("");
  }
  /// A text of at least one character.
  std::string needed_text(std::string_view name, std::size_t most) { return body_.text(name, most); }
  bool flag(std::string_view name, bool otherwise) { return body_.flag(name).value_or(otherwise); }
  std::int64_t whole(std::string_view name, std::int64_t least, std::int64_t most, std::int64_t otherwise);
  std::optional<double> number(std::string_view name);
  std::string choice(std::string_view name, std::initializer_list<std::string_view> choices,
                     std::string_view otherwise);
  /// Texts in their order.
  json::array texts(std::string_view name, std::size_t most, std::size_t characters);

  /// Calls work(Part&) for each object of a list that may be left out.
  template <class Work>
  void each(std::string_view name, std::size_t most, Work const& work) {
    auto const* list = array(name, most);
    if (list == nullptr) return;
    for (std::size_t i = 0; i < list->size(); ++i) {
      auto const at = at_ + "/" + std::string(name) + "/" + std::to_string(i);
      if (!(*list)[i].is_object()) {
        faults_.push_back({at, "must be an object", {}});
        continue;
      }
      Part part((*list)[i].as_object(), at, faults_);
      work(part);
      part.end();
    }
  }

  /// The text is a sentence with `{}` for each argument, and the key of its translations.
  template <class... A>
  void fault(std::string_view name, std::string_view text, A const&... arguments) {
    body_.fault(name, {Why::invalid, {{"", std::string(text), {detail::as_text(arguments)...}}}});
  }
  /// Adds what is wrong with this part to the list; members that nobody asked for as well.
  void end();

 private:
  json::array const* array(std::string_view name, std::size_t most);

  json::object const& object_;
  std::string at_;
  access::Body body_;
  std::vector<Fault>& faults_;
};

}  // namespace yunzhi::watch
