#include "access/gate.hpp"

#include <openssl/crypto.h>

#include "access/idempotency.hpp"
#include "base/log.hpp"

namespace yunzhi::access {
namespace {

constexpr std::string_view secure_cookie = "__Host-yunzhi";
constexpr std::string_view plain_cookie = "yunzhi";

bool is_loopback(std::string_view address) {
  return address == "::1" || address.starts_with("127.") || address.starts_with("::ffff:127.");
}

bool same_text(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

bool changes_state(http::Method method) {
  return method != http::Method::get;
}

std::string_view host_of(std::string_view origin) {
  auto const scheme = origin.find("://");
  return scheme == std::string_view::npos ? std::string_view() : origin.substr(scheme + 3);
}

Actor const& nobody() {
  static Actor const actor;
  return actor;
}

http::Reply to_reply(Gate::Answer const& answer, http::Request const& request) {
  return answer ? *answer : http::Reply::problem(answer.error(), request);
}

}  // namespace

std::string Gate::cookie(http::Request const& request, std::string_view token, Milliseconds lifetime) {
  auto const name = request.secure ? secure_cookie : plain_cookie;
  auto const seconds = std::chrono::duration_cast<std::chrono::seconds>(lifetime).count();
  return std::string(name) + "=" + std::string(token) +
         "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(seconds) +
         (request.secure ? "; Secure" : "");
}

std::string_view Gate::cookie_token(http::Request const& request) {
  return request.cookie(request.secure ? secure_cookie : plain_cookie);
}

std::string_view Gate::bearer_token(http::Request const& request) {
  auto const header = request.header("authorization");
  if (!header.starts_with("Bearer ") && !header.starts_with("bearer ")) return {};
  return header.substr(header.find(' ') + 1);
}

Result<> Gate::check_transport(http::Request const& request) const {
  if (request.secure || (options_.allow_plain_loopback && is_loopback(request.remote))) return {};
  return refuse(Why::forbidden, "", "signing in needs HTTPS");
}

Result<> Gate::check_origin(http::Request const& request) const {
  auto const foreign = [] {
    return refuse(Why::forbidden, "Origin", "this request comes from another web site");
  };
  auto const site = request.header("sec-fetch-site");
  if (!site.empty() && site != "same-origin") return foreign();
  auto const origin = request.header("origin");
  if (origin.empty()) return {};
  bool const ours =
      options_.origin.empty() ? host_of(origin) == request.header("host") : origin == options_.origin;
  if (!ours) return foreign();
  return {};
}

Result<Found> Gate::admit(http::Request const& request, std::string_view permission) const {
  if (auto fit = check_transport(request); !fit) return fit.error();
  auto token = bearer_token(request);
  bool const by_cookie = token.empty();
  if (by_cookie) token = cookie_token(request);
  auto const now = store_.clock()();
  auto found = token.empty() ? std::nullopt : sessions_.find(token, now);
  if (!found || (found->session->kind == SessionKind::cookie) != by_cookie)
    return refuse(Why::unauthenticated, "", "please sign in");
  if (by_cookie && changes_state(request.method)) {
    if (auto fit = check_origin(request); !fit) return fit.error();
    if (!same_text(request.header("x-csrf-token"), csrf_of(token)))
      return refuse(Why::forbidden, "X-CSRF-Token",
                    "the proof that this page sent the request is missing or wrong");
  }
  if (scope(*found->actor, permission) == Scope::none)
    return refuse(Why::forbidden, "", "you are not allowed to do this");
  touch(*found->session, now);
  // Somebody without a language of the own is answered in the language of this request.
  if (!found->language_chosen && request.language() != found->actor->language) {
    auto actor = *found->actor;
    actor.language = request.language();
    found->actor = std::make_shared<Actor const>(std::move(actor));
  }
  return std::move(*found);
}

void Gate::touch(Session& session, Instant now) const {
  if (!Sessions::due_for_saving(session, now)) return;
  auto const copy = std::make_shared<Session>();
  copy->id = session.id;
  copy->kind = session.kind;
  copy->seen_ms = to_ms(now);
  store_.submit([copy](store::Edit& edit) { return Sessions::save(edit, *copy), true; },
                [](std::exception_ptr const&) {});  // a lost minute of idle time harms nobody
}

void Gate::read(http::Router& router, http::Route route, Read work) {
  route.runs = http::Runs::on_worker;
  route.handler = [this, permission = route.operation.permission, work = std::move(work)](
                      http::Request const& request, http::Respond const& respond) {
    auto const found = admit(request, permission);
    if (!found) return respond(http::Reply::problem(found.error(), request));
    try {
      respond(to_reply(store_.read([&](store::Reader& reader) {
        return work({request, *found->actor}, reader);
      }),
                       request));
    } catch (...) {
      respond(answer_to(std::current_exception(), request));
    }
  };
  router.add(std::move(route));
}

void Gate::open(http::Router& router, http::Route route, Read work) {
  route.runs = http::Runs::on_worker;
  route.handler = [this, work = std::move(work)](http::Request const& request, http::Respond const& respond) {
    try {
      respond(to_reply(store_.read([&](store::Reader& reader) {
        return work({request, nobody()}, reader);
      }),
                       request));
    } catch (...) {
      respond(answer_to(std::current_exception(), request));
    }
  };
  router.add(std::move(route));
}

void Gate::look(http::Router& router, http::Route route, Look work) {
  route.runs = http::Runs::on_loop;
  route.handler = [this, permission = route.operation.permission, work = std::move(work)](
                      http::Request const& request, http::Respond const& respond) {
    auto const found = admit(request, permission);
    if (!found) return respond(http::Reply::problem(found.error(), request));
    respond(to_reply(work({request, *found->actor, found->session}), request));
  };
  router.add(std::move(route));
}

void Gate::write(http::Router& router, http::Route route, Write work, Keeps keeps) {
  route.runs = http::Runs::on_loop;  // admitting is a lookup; the work runs on the writing thread
  route.handler = [this, keeps, permission = route.operation.permission, work = std::move(work)](
                      http::Request const& request, http::Respond const& respond) {
    auto const found = admit(request, permission);
    if (!found) return respond(http::Reply::problem(found.error(), request));
    command(request, found->actor, respond, work, keeps);
  };
  router.add(std::move(route));
}

void Gate::command(http::Request const& request, std::shared_ptr<Actor const> actor, http::Respond respond,
                   Write work, Keeps keeps) const {
  struct Job {
    http::Request request;
    std::shared_ptr<Actor const> actor;
    http::Respond respond;
    Write work;
    http::Reply reply;
  };
  auto const job =
      std::make_shared<Job>(Job{request, std::move(actor), std::move(respond), std::move(work), {}});
  store_.submit(
      [job, keeps](store::Edit& edit) {
        Call const call{job->request, *job->actor};
        auto const answer = keeps == Keeps::reply ? once(call, edit, job->work) : job->work(call, edit);
        job->reply = to_reply(answer, job->request);
        return answer.has_value();
      },
      [job](std::exception_ptr const& thrown) {
        job->respond(thrown ? answer_to(thrown, job->request) : std::move(job->reply));
      });
}

store::Entry entry(Call const& call, std::string_view action, std::string_view subject, json::value change) {
  return {call.actor.person, std::string(action), std::string(subject), std::move(change), call.request.id};
}

http::Reply answer_to(std::exception_ptr const& thrown, http::Request const& request) {
  try {
    std::rethrow_exception(thrown);
  } catch (store::Full const&) {
    return http::Reply::problem(
        refuse(Why::full, "", "the server's disk is full: nothing was stored, reading still works"), request);
  } catch (store::Overloaded const&) {
    return http::Reply::problem(refuse(Why::busy, "", "the server is busy, please try again in a moment"),
                                request);
  } catch (store::Broken const& broken) {
    if (broken.rule == store::Broken::Rule::unique)
      return http::Reply::problem(
          refuse(Why::conflict, "", "something with the same name or number exists already"), request);
    if (broken.rule == store::Broken::Rule::foreign)
      return http::Reply::problem(
          refuse(Why::conflict, "", "something this refers to does not exist any more"), request);
    log::error("request.broke_a_rule", {{"request", request.id}, {"reason", broken.what()}});
  } catch (std::exception const& other) {
    log::error("request.failed", {{"request", request.id}, {"path", request.path}, {"reason", other.what()}});
  }
  return http::Reply::problem(
      500, refuse(Why::busy, "", "the server made a mistake; it is in the server's log"), request);
}

}  // namespace yunzhi::access
