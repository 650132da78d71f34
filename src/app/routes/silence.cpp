// Alertmanager's interface for silences over the records of the house.
#include "modules/silence/silence.hpp"

#include "app/routes/routes.hpp"
#include "monitor/silences_api.hpp"
#include "record/rows.hpp"

namespace yunzhi::app {
namespace {

using monitor::SilenceOperation;

constexpr auto listed_after_end = std::chrono::hours{24 * 5};  // as Alertmanager keeps them

json::object fields_of(monitor::Silence const& silence) {
  return {{"matchers", monitor::matchers_text(silence.matchers)},
          {"starts_at", format_instant(silence.starts_at)},
          {"ends_at", format_instant(silence.ends_at)},
          {"reason", silence.comment}};
}

Result<> change(record::Kernel& kernel, access::Call const& call, store::Edit& edit, std::string const& id,
                json::object const& changes) {
  auto const& module = *kernel.modules().find("silence");
  auto const before = kernel.get(edit, call.actor, module, id, module.update_verb);
  if (before.has_error()) return before.error();
  auto const after = kernel.prepare(edit, call.actor, module, *before, changes);
  if (after.has_error()) return after.error();
  kernel.write(edit, module, *before, *after);
  return {};
}

// One that has not begun begins and ends at once, so that its end still lies after its start.
Result<> end_now(record::Kernel& kernel, access::Call const& call, store::Edit& edit,
                 monitor::Silence const& silence) {
  if (monitor::state_of(silence, edit.now()) == monitor::SilenceState::expired) return {};
  auto const begun = std::min(silence.starts_at, edit.now() - Milliseconds{1});
  return change(kernel, call, edit, silence.id,
                {{"starts_at", format_instant(begun)}, {"ends_at", format_instant(edit.now())}});
}

Result<http::Reply> post(record::Kernel& kernel, access::Call const& call, store::Edit& edit) {
  auto body = call.request.json_body();
  if (body.has_error()) return body.error();
  // Who asks is known; what the sender calls itself is not believed.
  (*body)["createdBy"] = call.actor.name.empty() ? call.actor.account : call.actor.name;
  auto const silence = monitor::silence_from(*body, edit.now());
  if (silence.has_error()) return silence.error();
  auto id = silence->id;
  bool in_place = false;
  if (!id.empty()) {
    auto const known = modules::find_silence(edit, id);
    if (!known) return refuse(Why::missing, "", "there is no such silence");
    in_place = monitor::changes_in_place(*known, *silence, edit.now());
    auto const done =
        in_place ? change(kernel, call, edit, id, fields_of(*silence)) : end_now(kernel, call, edit, *known);
    if (done.has_error()) return done.error();
  }
  if (!in_place) {
    auto const made = kernel.create(edit, call.actor, *kernel.modules().find("silence"), fields_of(*silence));
    if (made.has_error()) return made.error();
    id = text_of(*made, "id");
  }
  edit.record(access::entry(call, in_place ? "silence.change" : "silence.create", "silence/" + id,
                            fields_of(*silence)));
  return http::Reply::json(json::object{{"silenceID", id}});
}

Result<http::Reply> expire(record::Kernel& kernel, access::Call const& call, store::Edit& edit) {
  auto const known = modules::find_silence(edit, call.request.capture("id"));
  if (!known) return refuse(Why::missing, "", "there is no such silence");
  auto const done = end_now(kernel, call, edit, *known);
  if (done.has_error()) return done.error();
  edit.record(access::entry(call, "silence.expire", "silence/" + known->id, json::object{}));
  return http::Reply::empty(200);
}

}  // namespace

void silence_routes(http::Router& router, access::Gate& gate, record::Kernel& kernel) {
  std::string const prefix = "/prometheus";
  gate.read(router, monitor::silence_route(SilenceOperation::list, prefix, "silence.read"),
            [](access::Call const& call, store::Reader& reader) -> Result<http::Reply> {
              auto const now = wall_clock();
              return monitor::listed_silences(modules::silences_ending_after(reader, now - listed_after_end),
                                              call.request, now);
            });
  gate.read(router, monitor::silence_route(SilenceOperation::get, prefix, "silence.read"),
            [](access::Call const& call, store::Reader& reader) -> Result<http::Reply> {
              auto const known = modules::find_silence(reader, call.request.capture("id"));
              if (!known) return refuse(Why::missing, "", "there is no such silence");
              return http::Reply::json(monitor::silence_json(*known, wall_clock()));
            });
  gate.write(router, monitor::silence_route(SilenceOperation::post, prefix, "silence.write"),
             [&kernel](access::Call const& call, store::Edit& edit) { return post(kernel, call, edit); });
  gate.write(router, monitor::silence_route(SilenceOperation::expire, prefix, "silence.write"),
             [&kernel](access::Call const& call, store::Edit& edit) { return expire(kernel, call, edit); });
}

std::map<std::string, monitor::Quiet> quiet_alerts(store::Store& store) {
  return store.read([](store::Reader& reader) {
    std::map<std::string, monitor::Quiet> found;
    using Id = std::optional<std::string>;
    for (auto const& [fingerprint, silence, window, cause] : reader.rows<std::string, Id, Id, Id>(
             "select a.fingerprint, a.silence, a.maintenance_window, (select min(c.fingerprint) from alert c "
             "where c.state = 'firing' and c.system = a.caused_by and c.labels like "
             "'%\"suppresses\":\"dependents\"%') from alert a where a.state = 'firing' and (a.silence is not "
             "null or a.maintenance_window is not null or a.caused_by is not null)")) {
      auto& quiet = found[fingerprint];
      if (silence) quiet.silenced_by.push_back(*silence);
      if (window) quiet.muted_by.push_back(*window);
      if (cause) quiet.inhibited_by.push_back(*cause);
    }
    return found;
  });
}

}  // namespace yunzhi::app
