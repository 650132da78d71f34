#include "modules/system/probe_line.hpp"

#include <algorithm>
#include <charconv>

namespace yunzhi::modules {
namespace {

struct Scheme {
  std::string_view name;
  std::string_view port;  ///< when none is given
  bool takes_port, takes_path;
};
constexpr Scheme schemes[] = {{"http", "80", true, true}, {"https", "443", true, true},
                              {"tcp", "", true, false},   {"tls", "", true, false},
                              {"dns", "", false, false},  {"icmp", "", false, false}};

bool is_port(std::string_view text) {
  int port = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc{} && end == text.data() + text.size() && port > 0 && port < 65536;
}

bool is_of_host(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
         c == '_';
}

bool is_of_address(char c) {
  return (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || (c >= '0' && c <= '9') || c == ':' || c == '.';
}

bool is_of_path(char c) {
  return c > ' ' && c < 0x7f && c != '#' && c != '"' && c != '<' && c != '>' && c != '\\' && c != '`';
}

}  // namespace

std::optional<HostPort> read_host_port(std::string_view text) {
  HostPort place;
  if (text.starts_with('[')) {
    auto const end = text.find(']');
    if (end == text.npos || end < 3) return {};
    auto const inside = text.substr(1, end - 1);
    if (!std::all_of(inside.begin(), inside.end(), is_of_address)) return {};
    place.host = text.substr(0, end + 1);
  } else {
    place.host = text.substr(0, text.find(':'));
    if (place.host.empty() || !std::all_of(place.host.begin(), place.host.end(), is_of_host)) return {};
  }
  auto const rest = text.substr(place.host.size());
  if (rest.empty()) return place;
  if (rest.front() != ':' || !is_port(rest.substr(1))) return {};
  place.port = rest.substr(1);
  return place;
}

Result<ProbeLine> read_probe(std::string_view line) {
  auto const colon = line.find("://");
  auto const* scheme = std::find_if(std::begin(schemes), std::end(schemes), [&](auto const& one) {
    return colon != line.npos && one.name == line.substr(0, colon);
  });
  if (scheme == std::end(schemes))
    return refuse(Why::invalid, "/probe", "must begin with one of {}",
                  "http://, https://, tcp://, tls://, dns://, icmp://");
  auto rest = line.substr(colon + 3);
  auto const slash = std::min(rest.find_first_of("/?"), rest.size());
  auto place = read_host_port(rest.substr(0, slash));
  if (!place)
    return refuse(Why::invalid, "/probe", "must name a host, with or without a port, and no account after {}",
                  line.substr(0, colon + 3));
  rest.remove_prefix(slash);
  if (!scheme->takes_path && !rest.empty())
    return refuse(Why::invalid, "/probe", "a probe by {} has no path", scheme->name);
  if (!scheme->takes_port && !place->port.empty())
    return refuse(Why::invalid, "/probe", "a probe by {} has no port", scheme->name);
  if (place->port.empty()) place->port = scheme->port;
  if (scheme->takes_port && place->port.empty())
    return refuse(Why::invalid, "/probe", "a probe by {} needs a port, as in {}", scheme->name,
                  std::string(scheme->name) + "://10.0.0.5:1521");
  if (!std::all_of(rest.begin(), rest.end(), is_of_path))
    return refuse(Why::invalid, "/probe",
                  "the path must be written as in a browser's address, without blanks");
  std::string path(rest);
  if (scheme->takes_path && !path.starts_with('/')) path.insert(0, "/");
  return ProbeLine{std::string(scheme->name), std::move(*place), std::move(path)};
}

}  // namespace yunzhi::modules
