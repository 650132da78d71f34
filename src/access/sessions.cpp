#include "access/sessions.hpp"

#include <algorithm>
#include <mutex>
#include <set>

#include "access/directory.hpp"
#include "base/digest.hpp"
#include "base/id.hpp"
#include "base/random.hpp"

namespace yunzhi::access {
namespace {

constexpr std::size_t token_bytes = 32;
constexpr auto saving_interval = std::chrono::minutes{1};
constexpr auto cleaning_interval = std::chrono::minutes{10};

std::string_view kind_name(SessionKind kind) {
  return kind == SessionKind::cookie ? "cookie" : "bearer";
}

// The person in one session: with its id and a language.
Found in_session(Actor actor, std::shared_ptr<Session> session) {
  bool const chosen = !actor.language.empty();
  actor.session = session->id;
  if (!chosen) actor.language = session->language;
  return {std::move(session), std::make_shared<Actor const>(std::move(actor)), chosen};
}

std::shared_ptr<Session> make_session(std::string id, std::string_view person, SessionKind kind,
                                      Instant expires) {
  auto session = std::make_shared<Session>();
  session->id = std::move(id);
  session->person = person;
  session->kind = kind;
  session->expires = expires;
  return session;
}

void see(Session& session, Instant at) {
  session.seen_ms = to_ms(at);
  session.saved_ms = to_ms(at);
}

}  // namespace

void Sessions::load(store::Reader& reader, Instant now) {
  using std::get;
  for (auto& row : reader.rows<std::string, std::string, std::string, std::string, std::string, Instant,
                               std::int64_t, Instant>(
           "select id, token_hash, person, kind, language, seen_at, idle_ms, expires_at from session "
           "where expires_at > :now",
           now)) {
    auto const kind = get<3>(row) == "cookie" ? SessionKind::cookie : SessionKind::bearer;
    auto session = make_session(std::move(get<0>(row)), get<2>(row), kind, get<7>(row));
    session->language = std::move(get<4>(row));
    session->idle = Milliseconds{get<6>(row)};
    see(*session, get<5>(row));
    if (auto actor = load_actor(reader, roles_, get<2>(row)))
      add(std::move(get<1>(row)), in_session(std::move(*actor), session), now);
  }
  for (auto& row : reader.rows<std::string, std::string, std::string, Instant>(
           "select id, token_hash, person, expires_at from api_token where expires_at > :now", now)) {
    auto session = make_session(std::move(get<0>(row)), get<2>(row), SessionKind::api_token, get<3>(row));
    if (auto actor = load_actor(reader, roles_, get<2>(row)))
      add(std::move(get<1>(row)), in_session(std::move(*actor), session), now);
  }
}

std::optional<Opened> Sessions::open(store::Edit& edit, std::string_view person, SessionKind kind,
                                     std::string_view language, std::string_view address) {
  auto actor = load_actor(edit, roles_, person);
  if (!actor) return std::nullopt;
  Opened const opened{new_id(edit.now()), random_token(token_bytes), edit.now() + limits_.absolute};
  auto session = make_session(opened.id, person, kind, opened.expires);
  session->language = language;
  session->idle = Roles::is_officer(actor->roles) ? limits_.idle_officer : limits_.idle;
  see(*session, edit.now());
  auto hash = sha256(opened.token);
  edit.run("delete from session where expires_at < :now", edit.now());
  keep_few(edit, person);
  edit.run(
      "insert into session (id, token_hash, person, kind, language, address, created_at, seen_at, idle_ms, "
      "expires_at) values (:id, :hash, :person, :kind, :language, :address, :created, :seen, :idle, "
      ":expires)",
      session->id, hex(hash), person, kind_name(kind), language, address, edit.now(), edit.now(),
      std::int64_t{session->idle.count()}, session->expires);
  edit.after_commit([this, hash = hex(hash), found = in_session(std::move(*actor), session),
                     now = edit.now()] { add(hash, found, now); });
  return opened;
}

void Sessions::keep_few(store::Edit& edit, std::string_view person) {
  auto const rows =
      edit.rows<std::string>("select id from session where person = :person order by seen_at desc", person);
  std::vector<std::string> ended;
  for (std::size_t i = limits_.per_person - 1; i < rows.size(); ++i) {
    edit.run("delete from session where id = :id", std::get<0>(rows[i]));
    ended.push_back(std::get<0>(rows[i]));
  }
  if (ended.empty()) return;
  edit.after_commit([this, ended] {
    drop([&](Session const& session) {
      return std::find(ended.begin(), ended.end(), session.id) != ended.end();
    });
  });
}

void Sessions::adopt(store::Edit& edit, std::string const& id, std::string const& token_hash,
                     std::string_view person, Instant expires) {
  auto session = make_session(id, person, SessionKind::api_token, expires);
  auto actor = load_actor(edit, roles_, person);
  if (!actor) return;
  edit.after_commit([this, token_hash, found = in_session(std::move(*actor), session), now = edit.now()] {
    add(token_hash, found, now);
  });
}

std::optional<Found> Sessions::find(std::string_view token, Instant now) const {
  auto const hash = sha256_hex(token);
  std::shared_lock const lock(mutex_);
  auto const place = table_.find(hash);
  if (place == table_.end()) return std::nullopt;
  auto& session = *place->second.session;
  if (now >= session.expires) return std::nullopt;
  auto const seen = from_ms(session.seen_ms);
  if (session.idle > Milliseconds{0} && now - seen > session.idle) return std::nullopt;
  if (now > seen) session.seen_ms = to_ms(now);
  return place->second;
}

bool Sessions::due_for_saving(Session& session, Instant now) {
  auto saved = session.saved_ms.load();
  if (now - from_ms(saved) < saving_interval) return false;
  return session.saved_ms.compare_exchange_strong(saved, to_ms(now));
}

void Sessions::save(store::Edit& edit, Session const& session) {
  if (session.kind == SessionKind::api_token)
    edit.run("update api_token set used_at = :seen where id = :id", session.seen_ms.load(), session.id);
  else
    edit.run("update session set seen_at = :seen where id = :id", session.seen_ms.load(), session.id);
}

void Sessions::end(store::Edit& edit, std::string const& id) {
  edit.run("delete from session where id = :id", id);
  edit.run("delete from api_token where id = :id", id);
  edit.after_commit([this, id] { drop([&](Session const& session) { return session.id == id; }); });
}

void Sessions::end_of(store::Edit& edit, std::string const& person, bool tokens) {
  edit.run("delete from session where person = :person", person);
  if (tokens) edit.run("delete from api_token where person = :person", person);
  // A session opened later in the same command is not in the table yet, so it stays.
  edit.after_commit([this, person, tokens] {
    drop([&](Session const& session) {
      return session.person == person && (tokens || session.kind != SessionKind::api_token);
    });
  });
}

void Sessions::refresh(store::Edit& edit, std::string const& person) {
  auto actor = load_actor(edit, roles_, person);
  auto shared = actor ? std::make_shared<Actor const>(std::move(*actor)) : nullptr;
  edit.after_commit([this, person, shared] { replace_actor(person, shared); });
}

void Sessions::refresh_all(store::Edit& edit) {
  for (auto const& person : people()) refresh(edit, person);
}

void Sessions::replace_actor(std::string const& person, std::shared_ptr<Actor const> const& actor) {
  if (!actor) return drop([&](Session const& session) { return session.person == person; });
  std::unique_lock const lock(mutex_);
  for (auto& [hash, found] : table_)
    if (found.session->person == person) found = in_session(*actor, found.session);
}

std::vector<std::string> Sessions::people() const {
  std::shared_lock const lock(mutex_);
  std::set<std::string> unique;
  for (auto const& [hash, found] : table_) unique.insert(found.session->person);
  return {unique.begin(), unique.end()};
}

void Sessions::add(std::string hash, Found found, Instant now) {
  if (now - cleaned_ > cleaning_interval) {
    cleaned_ = now;  // only the writing thread and load() come here
    drop([&](Session const& session) { return !session.holds(now); });
  }
  std::unique_lock const lock(mutex_);
  table_.insert_or_assign(std::move(hash), std::move(found));
}

void Sessions::drop(std::function<bool(Session const&)> const& which) {
  std::unique_lock const lock(mutex_);
  std::erase_if(table_, [&](auto const& entry) {
    auto& session = *entry.second.session;
    if (which(session)) session.ended = true;
    return session.ended.load();
  });
}

std::size_t Sessions::count() const {
  std::shared_lock const lock(mutex_);
  return table_.size();
}

std::string csrf_of(std::string_view token) {
  return sha256_hex("csrf:" + std::string(token));
}

}  // namespace yunzhi::access
