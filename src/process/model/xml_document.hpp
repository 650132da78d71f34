// An XML file from a stranger: size, encoding, depth, prefixes and duplicates are checked here, because
// the parser lets all of them pass. Document types are refused, so no entity can expand.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <pugixml.hpp>

#include "base/result.hpp"

namespace yunzhi::process {

/// A name with its prefix resolved.
struct XmlName {
  std::string_view space;  ///< the namespace; empty for attributes without prefix
  std::string_view local;
};

class XmlDocument {
 public:
  /// Meaning leaves out what no reader needs; everything keeps comments and whitespace as well.
  enum class Keep { meaning, everything };
  static Result<XmlDocument> parse(std::string_view bytes, Keep keep = Keep::meaning);

  [[nodiscard]] pugi::xml_node root() const { return tree_->document_element(); }
  [[nodiscard]] XmlName name(pugi::xml_node node) const;
  [[nodiscard]] XmlName name(pugi::xml_node owner, pugi::xml_attribute attribute) const;
  /// The document as text again, with everything it holds.
  [[nodiscard]] std::string text() const;
  /// As it came, in UTF-8.
  [[nodiscard]] std::string const& source() const { return *source_; }
  /// `line:column`, both from 1.
  [[nodiscard]] std::string at(pugi::xml_node node) const;

 private:
  void index();
  /// From 1, as text.
  [[nodiscard]] std::string line_of(std::size_t offset) const;
  [[nodiscard]] std::size_t characters_until(std::size_t offset) const;
  Result<> check() const;
  Result<> check_element(pugi::xml_node node) const;

  std::unique_ptr<pugi::xml_document> tree_ = std::make_unique<pugi::xml_document>();
  std::unique_ptr<std::string const> source_;
  std::string_view bytes_;
  std::vector<std::size_t> line_starts_;
  /// Characters before each block of bytes: a file may be one long line, and positions must stay cheap.
  std::vector<std::size_t> characters_before_;
};

}  // namespace yunzhi::process
