#include "http/message.hpp"

#include <stdexcept>

#include "http/wire/language.hpp"
#include "http/wire/text.hpp"
#include "http/words.hpp"

namespace yunzhi::http {

std::string_view Request::header(std::string_view name) const {
  for (auto const& [key, value] : headers) {
    if (key == name) return value;
  }
  return {};
}

std::optional<std::string_view> Request::parameter(std::string_view name) const {
  for (auto const& [key, value] : query) {
    if (key == name) return value;
  }
  return std::nullopt;
}

std::string const& Request::capture(std::string_view name) const {
  auto const found = captures.find(name);
  if (found == captures.end()) throw std::logic_error("the route has no part named " + std::string(name));
  return found->second;
}

std::string_view Request::cookie(std::string_view name) const {
  auto list = header("cookie");
  while (!list.empty()) {
    auto value = trim(next_of(list, ';'));
    auto const key = next_of(value, '=');
    if (key == name) return value;
  }
  return {};
}

std::string_view Request::language() const {
  return preferred_language(header("accept-language"));
}

std::string Request::sentence(Fault const& fault) const {
  return words == nullptr ? fault.english() : words->sentence(fault, language());
}

Result<json::object> Request::json_body() const {
  auto type = header("content-type");
  auto const media = trim(next_of(type, ';'));
  if (!same_ignoring_case(media, "application/json") &&
      !same_ignoring_case(media, "application/merge-patch+json")) {
    return refuse(Why::invalid, "Content-Type", "the body must be application/json");
  }
  auto value = parse_json(body);
  if (!value) return value.error();
  if (!value->is_object()) return refuse(Why::invalid, "1:1", "the body must be a JSON object");
  return std::move(value->get_object());
}

Reply Reply::json(json::value const& value, int status) {
  return text(boost::json::serialize(value), "application/json", status);
}

Reply Reply::text(std::string body, std::string_view type, int status) {
  Reply reply;
  reply.status = status;
  reply.headers.emplace_back("Content-Type", type);
  reply.body = std::move(body);
  return reply;
}

Reply Reply::empty(int status) {
  Reply reply;
  reply.status = status;
  return reply;
}

Reply&& Reply::with(std::string_view name, std::string_view value) && {
  headers.emplace_back(name, value);
  return std::move(*this);
}

}  // namespace yunzhi::http
