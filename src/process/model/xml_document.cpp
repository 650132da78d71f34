#include "process/model/xml_document.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <sstream>

#include "base/limits.hpp"
#include "process/model/xml_encoding.hpp"

namespace yunzhi::process {
namespace {

constexpr std::size_t most_attributes = 100;
constexpr std::size_t block_bytes = 256;

std::pair<std::string_view, std::string_view> split_prefix(std::string_view name) {
  auto const colon = name.find(':');
  if (colon == std::string_view::npos) return {{}, name};
  return {name.substr(0, colon), name.substr(colon + 1)};
}

// The namespace a prefix stands for at an element; the prefix itself when nobody declared it.
bool resolve(pugi::xml_node node, std::string_view prefix, std::string_view& space) {
  if (prefix == "xml") {
    space = "http://www.w3.org/XML/1998/namespace";
    return true;
  }
  for (; node && node.type() == pugi::node_element; node = node.parent())
    for (auto const& attribute : node.attributes()) {
      std::string_view const name = attribute.name();
      bool const declares =
          prefix.empty() ? name == "xmlns" : name.starts_with("xmlns:") && name.substr(6) == prefix;
      if (!declares) continue;
      space = attribute.value();
      return true;
    }
  space = {};
  return prefix.empty();
}

// Whether a character is one of XML's (XML 1.0, production 2).
bool is_character(unsigned long code) {
  return code == 0x9 || code == 0xA || code == 0xD || (code >= 0x20 && code <= 0xD7FF) ||
         (code >= 0xE000 && code <= 0xFFFD) || (code >= 0x10000 && code <= 0x10FFFF);
}

struct BadCharacter {
  std::size_t offset = 0;
  std::string reference;  ///< &#…;
};

// The parser takes control characters and any number in &#…;, and would write what is not well-formed.
std::optional<BadCharacter> bad_character(std::string_view bytes) {
  constexpr std::size_t most_digits = 8;
  auto const control = std::find_if(bytes.begin(), bytes.end(), [](char c) {
    auto const byte = static_cast<unsigned char>(c);
    return byte < 0x20 && !is_character(byte);
  });
  if (control != bytes.end())
    return BadCharacter{static_cast<std::size_t>(control - bytes.begin()),
                        "&#" + std::to_string(static_cast<int>(*control)) + ";"};
  for (auto at = bytes.find("&#"); at != std::string_view::npos; at = bytes.find("&#", at + 2)) {
    auto digits = bytes.substr(at + 2);
    int const base = digits.starts_with('x') ? 16 : 10;
    if (base == 16) digits.remove_prefix(1);
    unsigned long code = 0;
    auto const read = std::from_chars(digits.data(), digits.data() + digits.size(), code, base);
    bool const whole = read.ptr != digits.data() + digits.size() && *read.ptr == ';';
    if (whole && (read.ptr > digits.data() + most_digits || read.ec != std::errc{} || !is_character(code)))
      return BadCharacter{
          at, std::string(bytes.substr(at, std::min<std::size_t>(bytes.find(';', at) - at + 1, 40)))};
  }
  return std::nullopt;
}

}  // namespace

Result<XmlDocument> XmlDocument::parse(std::string_view bytes, Keep keep) {
  if (bytes.size() > limits::bpmn_bytes)
    return refuse(Why::too_large, "", "a process file may have at most {} bytes", limits::bpmn_bytes);
  auto text = in_utf8(bytes);
  if (!text) return text.error();
  XmlDocument document;
  document.source_ = std::make_unique<std::string const>(std::move(*text));
  bytes = document.bytes_ = *document.source_;
  document.index();
  if (auto const bad = bad_character(bytes))
    return refuse(Why::invalid, document.line_of(bad->offset) + ":1", "{} is no character of XML",
                  bad->reference);
  auto const parsed = document.tree_->load_buffer(
      bytes.data(), bytes.size(),
      keep == Keep::everything ? pugi::parse_full | pugi::parse_ws_pcdata
                               : pugi::parse_default | pugi::parse_doctype | pugi::parse_declaration,
      pugi::encoding_utf8);
  if (!parsed) {
    auto const offset = static_cast<std::size_t>(std::max<std::ptrdiff_t>(parsed.offset, 0));
    return refuse(Why::invalid, document.line_of(offset) + ":1", "the file is not well-formed XML: {}",
                  parsed.description());
  }
  if (auto const checked = document.check(); !checked) return checked.error();
  return document;
}

void XmlDocument::index() {
  line_starts_.push_back(0);
  std::size_t count = 0;
  for (std::size_t i = 0; i < bytes_.size(); ++i) {
    if (i % block_bytes == 0) characters_before_.push_back(count);
    if ((static_cast<unsigned char>(bytes_[i]) & 0xC0U) != 0x80U) ++count;
    if (bytes_[i] == '\n') line_starts_.push_back(i + 1);
  }
  characters_before_.push_back(count);
}

std::string XmlDocument::line_of(std::size_t offset) const {
  auto const after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  return std::to_string(after - line_starts_.begin());
}

std::size_t XmlDocument::characters_until(std::size_t offset) const {
  auto const block = offset / block_bytes;
  if (block >= characters_before_.size()) return characters_before_.back();
  auto count = characters_before_[block];
  for (auto i = block * block_bytes; i < offset; ++i)
    if ((static_cast<unsigned char>(bytes_[i]) & 0xC0U) != 0x80U) ++count;
  return count;
}

Result<> XmlDocument::check() const {
  for (auto const& child : tree_->children())
    if (child.type() == pugi::node_doctype)
      return refuse(Why::invalid, "1:1", "the file has a DOCTYPE, which is not allowed; remove it");
  std::size_t depth = 1;
  std::size_t count = 0;
  auto node = tree_->first_child();
  while (node) {
    if (node.type() == pugi::node_element) {
      if (++count > limits::bpmn_elements)
        return refuse(Why::invalid, at(node), "the file has more than {} elements", limits::bpmn_elements);
      if (depth > limits::bpmn_depth)
        return refuse(Why::invalid, at(node), "elements may be nested at most {} deep", limits::bpmn_depth);
      if (auto const fine = check_element(node); !fine) return fine.error();
    }
    if (node.first_child()) {
      node = node.first_child();
      ++depth;
      continue;
    }
    while (node && !node.next_sibling()) {
      node = node.parent();
      --depth;
    }
    if (node) node = node.next_sibling();
  }
  return {};
}

Result<> XmlDocument::check_element(pugi::xml_node node) const {
  std::string_view space;
  if (!resolve(node, split_prefix(node.name()).first, space))
    return refuse(Why::invalid, at(node), "the prefix of '{}' is not declared", node.name());
  std::vector<std::string_view> seen;
  for (auto const& attribute : node.attributes()) {
    std::string_view const written = attribute.name();
    auto const prefix = split_prefix(written).first;
    if (!prefix.empty() && prefix != "xmlns" && !resolve(node, prefix, space))
      return refuse(Why::invalid, at(node), "the prefix of '{}' is not declared", written);
    if (std::find(seen.begin(), seen.end(), written) != seen.end())
      return refuse(Why::invalid, at(node), "'{}' has the attribute '{}' twice", node.name(), written);
    seen.push_back(written);
    if (seen.size() > most_attributes)
      return refuse(Why::invalid, at(node), "'{}' has more than {} attributes", node.name(), most_attributes);
  }
  return {};
}

XmlName XmlDocument::name(pugi::xml_node node) const {
  auto const [prefix, local] = split_prefix(node.name());
  XmlName resolved{{}, local};
  resolve(node, prefix, resolved.space);
  return resolved;
}

XmlName XmlDocument::name(pugi::xml_node owner, pugi::xml_attribute attribute) const {
  auto const [prefix, local] = split_prefix(attribute.name());
  XmlName resolved{{}, local};
  if (!prefix.empty()) resolve(owner, prefix, resolved.space);
  return resolved;
}

std::string XmlDocument::text() const {
  std::ostringstream text;
  // Between the topmost nodes the tree keeps no whitespace.
  for (auto const& child : tree_->children()) {
    child.print(text, "", pugi::format_raw, pugi::encoding_utf8);
    text << '\n';
  }
  return text.str();
}

std::string XmlDocument::at(pugi::xml_node node) const {
  auto const known = node.offset_debug();
  auto const offset = std::min(bytes_.size(), static_cast<std::size_t>(std::max<std::ptrdiff_t>(known, 0)));
  auto const after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  auto const column = characters_until(offset) - characters_until(*(after - 1));
  // The parser points behind the opening bracket; a person counts from the bracket.
  return std::to_string(after - line_starts_.begin()) + ":" +
         std::to_string(std::max<std::size_t>(column, 1));
}

}  // namespace yunzhi::process
