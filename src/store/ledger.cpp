#include "store/ledger.hpp"

#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/digest.hpp"

namespace yunzhi::store {
namespace {

std::string const zero_hash(64, '0');

// Every part is preceded by its length, so that no two different entries have the same bytes.
std::string digest(std::string const& previous, std::int64_t sequence, Instant at, std::string const& actor,
                   std::string const& action, std::string const& subject, std::string const& change,
                   std::string const& request) {
  std::string bytes;
  bytes.reserve(256 + change.size());
  auto const add = [&](std::string_view part) {
    bytes += std::to_string(part.size());
    bytes += ':';
    bytes += part;
  };
  add(previous);
  add(std::to_string(sequence));
  add(std::to_string(to_ms(at)));
  for (auto const* part : {&actor, &action, &subject, &change, &request}) add(*part);
  return sha256_hex(bytes);
}

}  // namespace

LedgerHead ledger_head(Reader& reader) {
  auto const last =
      reader.row<std::int64_t, std::string>("select seq, hash from ledger order by seq desc limit 1");
  if (!last) return {0, zero_hash};
  return {std::get<0>(*last), std::get<1>(*last)};
}

void append(Edit& edit, LedgerHead& head, Entry const& entry) {
  auto const sequence = head.sequence + 1;
  auto const change = json::serialize(entry.change);
  auto hash = digest(head.hash, sequence, edit.now(), entry.actor, entry.action, entry.subject, change,
                     entry.request_id);
  edit.run(
      "insert into ledger (seq, at, actor, action, subject, change, request, hash) "
      "values (:seq, :at, :actor, :action, :subject, :change, :request, :hash)",
      sequence, edit.now(), entry.actor, entry.action, entry.subject, change, entry.request_id, hash);
  head = {sequence, std::move(hash)};
}

Verification verify(Reader& reader, std::optional<LedgerHead> const& kept) {
  Verification result;
  std::string previous = zero_hash;
  std::int64_t expected = 1;
  bool kept_seen = !kept || kept->sequence == 0;
  auto const fail = [&](std::int64_t sequence, std::string reason) {
    result.first_bad = sequence;
    result.reason = std::move(reason);
    return result;
  };
  for (;;) {
    auto const page = reader.rows<std::int64_t, Instant, std::string, std::string, std::string, std::string,
                                  std::string, std::string>(
        "select seq, at, actor, action, subject, change, request, hash from ledger where seq >= :from "
        "order by seq limit 1000",
        expected);
    if (page.empty()) break;
    for (auto const& [sequence, at, actor, action, subject, change, request, hash] : page) {
      if (sequence != expected) return fail(expected, "the entry is missing");
      if (digest(previous, sequence, at, actor, action, subject, change, request) != hash)
        return fail(sequence, "the entry does not match its hash");
      if (kept && sequence == kept->sequence) {
        if (hash != kept->hash)
          return fail(sequence, "the entry differs from the one remembered outside the database");
        kept_seen = true;
      }
      previous = hash;
      ++expected;
      ++result.entries;
    }
  }
  if (!kept_seen) return fail(expected, "the ledger ends before the entry remembered outside the database");
  return result;
}

std::optional<LedgerHead> load_head(std::string const& data) {
  std::ifstream file(std::filesystem::path(data) / "ledger-head.json");
  if (!file) return std::nullopt;
  std::stringstream text;
  text << file.rdbuf();
  auto const parsed = parse_json(text.str());
  if (parsed.has_error() || !parsed->is_object()) return std::nullopt;
  auto const& object = parsed->as_object();
  auto const* sequence = object.if_contains("sequence");
  if (sequence == nullptr || !sequence->is_int64()) return std::nullopt;
  return LedgerHead{sequence->get_int64(), text_of(object, "hash")};
}

void save_head(std::string const& data, LedgerHead const& head) {
  auto const target = std::filesystem::path(data) / "ledger-head.json";
  auto const fresh = std::filesystem::path(data) / "ledger-head.json.new";
  {
    std::ofstream file(fresh, std::ios::trunc);
    file << json::serialize(json::object{{"sequence", head.sequence}, {"hash", head.hash}}) << '\n';
    if (!file.flush()) return;
  }
  std::error_code ignored;
  std::filesystem::rename(fresh, target, ignored);
}

}  // namespace yunzhi::store
