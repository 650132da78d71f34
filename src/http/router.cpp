#include "http/router.hpp"

#include <stdexcept>
#include <utility>

namespace yunzhi::http {
namespace {

constexpr Method methods[] = {Method::get, Method::post, Method::put, Method::patch, Method::remove};

bool is_capture(std::string_view part) {
  return part.size() > 2 && part.front() == '{' && part.back() == '}';
}

bool takes_rest(std::string_view part) {
  return is_capture(part) && part.ends_with("...}");
}

// The first part of "/a/b" and what is left ("/b"); both empty at the end.
std::pair<std::string_view, std::string_view> split(std::string_view path) {
  if (path.empty()) return {};
  auto const end = path.find('/', 1);
  if (end == std::string_view::npos) return {path.substr(1), {}};
  return {path.substr(1, end - 1), path.substr(end)};
}

}  // namespace

std::string_view name_of(Method method) {
  constexpr std::string_view names[] = {"GET", "POST", "PUT", "PATCH", "DELETE"};
  return names[static_cast<std::size_t>(method)];
}

std::vector<std::string> names_in(std::string_view path) {
  std::vector<std::string> names;
  while (!path.empty()) {
    auto const [part, left] = split(path);
    if (is_capture(part)) names.emplace_back(part.substr(1, part.size() - (takes_rest(part) ? 5 : 2)));
    path = left;
  }
  return names;
}

Route make_route(Method method, std::string path, Operation operation) {
  Route route;
  route.method = method;
  route.path = std::move(path);
  route.operation = std::move(operation);
  return route;
}

void Router::add(Route route) {
  if (!route.path.starts_with('/')) throw std::logic_error("a route begins with /: " + route.path);
  auto const index = routes_.size();
  place(route.path, route.method, index);
  names_.push_back(names_in(route.path));
  routes_.push_back(std::move(route));
}

void Router::place(std::string_view path, Method method, std::size_t route) {
  std::string const whole(path);
  std::size_t node = 0;
  PerMethod Node::*ends = &Node::here;
  while (!path.empty()) {
    auto const [part, left] = split(path);
    if (takes_rest(part)) {
      if (!left.empty()) throw std::logic_error("only the last part takes the rest: " + whole);
      ends = &Node::rest;
      break;
    }
    std::size_t next = none;
    if (is_capture(part)) {
      next = nodes_[node].capture;
    } else if (auto const found = nodes_[node].literals.find(part); found != nodes_[node].literals.end()) {
      next = found->second;
    }
    if (next == none) {
      next = nodes_.size();
      nodes_.emplace_back();
      if (is_capture(part)) {
        nodes_[node].capture = next;
      } else {
        nodes_[node].literals.emplace(part, next);
      }
    }
    node = next;
    path = left;
  }
  auto& place = (nodes_[node].*ends)[static_cast<std::size_t>(method)];
  if (place != none) throw std::logic_error("two routes for " + std::string(name_of(method)) + " " + whole);
  place = route;
}

// Depth first: the literal, then the capture, then the rest. Backtracking is bounded by the depth of the
// routes, not of the path, since the tree ends where the routes end.
bool Router::search(std::size_t node, std::string_view path, Found& found) const {
  auto const& here = nodes_[node];
  auto const has_any = [](PerMethod const& routes) {
    return routes != PerMethod{none, none, none, none, none};
  };
  if (path.empty()) {
    if (!has_any(here.here)) return false;
    found.routes = &here.here;
    return true;
  }
  auto const [part, left] = split(path);
  if (auto const literal = here.literals.find(part); literal != here.literals.end()) {
    if (search(literal->second, left, found)) return true;
  }
  if (here.capture != none && !part.empty()) {
    found.values.push_back(part);
    if (search(here.capture, left, found)) return true;
    found.values.pop_back();
  }
  if (!has_any(here.rest)) return false;
  found.values.push_back(path.substr(1));
  found.routes = &here.rest;
  return true;
}

std::map<std::string, std::string, std::less<>> Router::name_values(std::size_t route,
                                                                    Found const& found) const {
  std::map<std::string, std::string, std::less<>> captures;
  for (std::size_t i = 0; i < names_[route].size(); ++i) {
    captures.emplace(names_[route][i], found.values[i]);
  }
  return captures;
}

Router::Match Router::find(Method method, std::string_view path) const {
  Match match;
  Found found;
  if (!search(0, path, found)) return match;
  match.path_known = true;
  auto const route = (*found.routes)[static_cast<std::size_t>(method)];
  if (route != none) {
    match.route = &routes_[route];
    match.captures = name_values(route, found);
    return match;
  }
  for (auto const other : methods) {
    if ((*found.routes)[static_cast<std::size_t>(other)] != none) match.allowed.push_back(other);
  }
  return match;
}

}  // namespace yunzhi::http
