#include "monitor/silences_api.hpp"

#include <algorithm>

#include "monitor/api/form.hpp"

namespace yunzhi::monitor {
namespace {

json::object silence_schema() {
  json::object const text{{"type", "string"}};
  return {{"type", "object"},
          {"properties",
           {{"id", text},
            {"createdBy", text},
            {"comment", text},
            {"startsAt", text},
            {"endsAt", text},
            {"matchers", {{"type", "array"}, {"items", {{"type", "object"}}}}}}}};
}

// A filter says which labels a silence must be about: by a matcher of the same text, or by one value.
bool is_about(Silence const& silence, Matcher const& wanted) {
  return std::any_of(silence.matchers.begin(), silence.matchers.end(), [&](Matcher const& each) {
    return each.text() == wanted.text() ||
           (each.name() == wanted.name() && each.kind() == Match::equal && wanted.accepts(each.value()));
  });
}

Result<std::string> posted(Silences& silences, http::Request const& request, Instant now) {
  auto const body = request.json_body();
  if (!body) return body.error();
  auto silence = silence_from(*body, now);
  if (!silence) return silence.error();
  return silences.put(std::move(*silence), now);
}

Result<http::Reply> act(SilenceOperation operation, Silences& silences, http::Request const& request,
                        Instant now) {
  if (operation == SilenceOperation::list) return listed_silences(silences.all(), request, now);
  if (operation == SilenceOperation::post) {
    auto const id = posted(silences, request, now);
    if (!id) return id.error();
    return http::Reply::json(json::object{{"silenceID", *id}});
  }
  auto const& id = request.capture("id");
  if (operation == SilenceOperation::expire) {
    if (auto const done = silences.expire(id, now); !done) return done.error();
    return http::Reply::empty(200);
  }
  for (auto const& silence : silences.all())
    if (silence.id == id) return http::Reply::json(silence_json(silence, now));
  return refuse(Why::missing, "", "there is no such silence");
}

}  // namespace

http::Route silence_route(SilenceOperation operation, std::string const& prefix,
                          std::string const& permission) {
  http::Route route;
  auto& told = route.operation;
  told.tag = "alertmanager";
  told.permission = permission;
  bool const one = operation == SilenceOperation::get || operation == SilenceOperation::expire;
  route.path = prefix + (one ? "/api/v2/silence/{id}" : "/api/v2/silences");
  switch (operation) {
    case SilenceOperation::list:
      told.id = "alertmanagerSilences";
      told.summary = "Lists silences as an Alertmanager does";
      told.parameters.push_back({"filter", "A matcher", {{"type", "string"}}, false});
      told.response = {{"type", "array"}, {"items", silence_schema()}};
      break;
    case SilenceOperation::post:
      route.method = http::Method::post;
      told.id = "alertmanagerPostSilence";
      told.summary = "Makes or changes a silence as an Alertmanager does";
      told.request = silence_schema();
      told.response = {{"type", "object"}, {"properties", {{"silenceID", {{"type", "string"}}}}}};
      break;
    case SilenceOperation::get:
      told.id = "alertmanagerSilence";
      told.summary = "One silence as an Alertmanager gives it";
      told.response = silence_schema();
      break;
    case SilenceOperation::expire:
      route.method = http::Method::remove;
      told.id = "alertmanagerExpireSilence";
      told.summary = "Ends a silence";
      break;
  }
  return route;
}

Result<http::Reply> listed_silences(std::vector<Silence> const& silences, http::Request const& request,
                                    Instant now) {
  std::vector<Matcher> wanted;
  for (auto const& text : Form(request).all("filter")) {
    auto const read = parse_matchers(text);
    if (!read) return read.error();
    wanted.insert(wanted.end(), read->begin(), read->end());
  }
  std::vector<Silence const*> found;
  for (auto const& silence : silences)
    if (std::all_of(wanted.begin(), wanted.end(),
                    [&](Matcher const& each) { return is_about(silence, each); }))
      found.push_back(&silence);
  auto const rank = [now](Silence const* silence) {
    auto const state = state_of(*silence, now);
    return state == SilenceState::active ? 0 : state == SilenceState::pending ? 1 : 2;
  };
  std::stable_sort(found.begin(), found.end(), [&](Silence const* one, Silence const* other) {
    return std::pair(rank(one), one->ends_at) < std::pair(rank(other), other->ends_at);
  });
  json::array list;
  for (auto const* silence : found) list.push_back(silence_json(*silence, now));
  return http::Reply::json(list);
}

void silence_routes(http::Router& router, Silences& silences, Clock const& clock, Guard const& guard,
                    std::string const& prefix) {
  for (auto const operation :
       {SilenceOperation::list, SilenceOperation::post, SilenceOperation::get, SilenceOperation::expire}) {
    auto route = silence_route(operation, prefix, "");
    http::Handler const handler = [&silences, clock, operation](http::Request const& request,
                                                                http::Respond const& respond) {
      auto const reply = act(operation, silences, request, clock());
      respond(reply ? *reply : http::Reply::problem(reply.error(), request));
    };
    route.handler = guard ? guard(handler) : handler;
    router.add(std::move(route));
  }
}

}  // namespace yunzhi::monitor
