#include "http/wire/target.hpp"

#include <algorithm>

#include "base/text/utf8.hpp"
#include "http/wire/text.hpp"

namespace yunzhi::http {
namespace {

constexpr std::size_t parameters_count = 100;  // of one query
constexpr std::size_t segments_count = 32;     // of one path

bool has_controls(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char letter) { return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f; });
}

// The scheme and authority of an absolute-form target say nothing that Host does not.
std::string_view origin_form(std::string_view text) {
  for (std::string_view const scheme : {"http://", "https://"}) {
    if (text.size() > scheme.size() && same_ignoring_case(text.substr(0, scheme.size()), scheme)) {
      auto const path = text.find_first_of("/?", scheme.size());
      return path == std::string_view::npos ? "/" : text.substr(path);
    }
  }
  return text;
}

bool clean_segment(std::string_view raw, std::string& path) {
  auto const decoded = percent_decode(raw, false);
  if (!decoded || decoded->empty() || *decoded == "." || *decoded == "..") return false;
  if (decoded->find_first_of("/\\;") != std::string::npos) return false;
  if (has_controls(*decoded) || !valid_utf8(*decoded)) return false;
  path += '/';
  path += *decoded;
  return true;
}

// A trailing slash stays: such a path is another one, and matches no route.
bool clean_path(std::string_view raw, std::string& path) {
  if (!raw.starts_with('/')) return false;
  raw.remove_prefix(1);
  for (std::size_t count = 0; !raw.empty(); ++count) {
    bool const more = raw.find('/') != std::string_view::npos;
    if (count == segments_count || !clean_segment(next_of(raw, '/'), path)) return false;
    if (more && raw.empty()) path += '/';
  }
  if (path.empty()) path += '/';
  return true;
}

bool read_query(std::string_view raw, std::vector<std::pair<std::string, std::string>>& query) {
  while (!raw.empty()) {
    auto value = next_of(raw, '&');
    if (value.empty()) continue;
    auto const key = percent_decode(next_of(value, '='), true);
    auto const text = percent_decode(value, true);
    if (!key || !text || query.size() == parameters_count) return false;
    if (has_controls(*key) || text->find('\0') != std::string::npos) return false;
    if (!valid_utf8(*key) || !valid_utf8(*text)) return false;
    query.emplace_back(*key, *text);
  }
  return true;
}

}  // namespace

Result<Target> parse_target(std::string_view text) {
  Target target;
  text = origin_form(text);
  if (text.find('#') != std::string_view::npos) return refuse(Why::invalid, "", "the address is malformed");
  auto query = text;
  auto const path = next_of(query, '?');
  if (!clean_path(path, target.path)) return refuse(Why::invalid, "", "the path is malformed or ambiguous");
  if (!read_query(query, target.query)) return refuse(Why::invalid, "", "the query is malformed");
  return target;
}

}  // namespace yunzhi::http
