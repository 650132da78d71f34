#include "monitor/offline.hpp"

#include "monitor/api/form.hpp"
#include "monitor/api/result_text.hpp"
#include "monitor/export.hpp"
#include "monitor/ingest/text_import.hpp"
#include "monitor/query/query.hpp"
#include "monitor/series/database.hpp"

namespace yunzhi::monitor {
namespace {

Result<std::unique_ptr<Database>> open_folder(std::filesystem::path const& folder) {
  DatabaseOptions options;
  options.folder = folder;
  options.series_limit = 100'000'000;
  options.retention = std::chrono::hours(24 * 365 * 100);
  return Database::open(std::move(options));
}

Form form_of(std::vector<std::pair<std::string, std::string>> query) {
  http::Request request;
  request.query = std::move(query);
  return Form(request);
}

Result<QueryResult> answer(Database const& database, OfflineQuestion const& question) {
  auto const form = form_of(
      {{"time", question.time}, {"start", question.start}, {"end", question.end}, {"step", question.step}});
  QueryLimits const limits;
  if (question.start.empty()) {
    auto const at = form.instant("time", wall_clock());
    if (!at) return at.error();
    return run_instant(database, question.expression, to_ms(*at), limits);
  }
  auto const start = form.instant("start", std::nullopt);
  if (!start) return start.error();
  auto const end = form.instant("end", wall_clock());
  if (!end) return end.error();
  auto const step =
      question.step.empty() ? Result<Milliseconds>(Milliseconds{60'000}) : form.duration("step");
  if (!step) return step.error();
  return run_range(database, question.expression, {to_ms(*start), to_ms(*end), step->count()}, limits);
}

}  // namespace

Result<std::string> offline_query(std::filesystem::path const& folder, OfflineQuestion const& question) {
  if (!std::filesystem::exists(folder))
    return refuse(Why::missing, folder.string(), "there is no such folder");
  auto const database = open_folder(folder);
  if (!database) return database.error();
  auto const result = answer(**database, question);
  if (!result) return result.error();
  return R"({"status":"success","data":)" + result_text(*result) + remarks_text(result->annotations) + "}";
}

Result<> offline_export(std::filesystem::path const& folder, std::string const& selector,
                        std::string const& start, std::string const& end,
                        std::function<bool(std::string_view)> const& take) {
  if (!std::filesystem::exists(folder))
    return refuse(Why::missing, folder.string(), "there is no such folder");
  auto const form = form_of({{"start", start}, {"end", end}});
  auto const from = form.instant("start", from_ms(0));
  if (!from) return from.error();
  auto const to = form.instant("end", from_ms(INT64_MAX / 2));
  if (!to) return to.error();
  auto const matchers = parse_selector(selector);
  if (!matchers) return matchers.error();
  auto const database = open_folder(folder);
  if (!database) return database.error();
  std::string text;
  (*database)->select(*matchers, to_ms(*from), to_ms(*to), [&](Labels const& labels, Samples const& samples) {
    text.clear();
    put_export_lines(text, labels, samples);
    return take(text);
  });
  return {};
}

struct OfflineStore::Inside {
  std::unique_ptr<Database> database;
  std::size_t kept = 0;
  std::size_t not_kept = 0;
};

OfflineStore::OfflineStore(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
OfflineStore::~OfflineStore() = default;

Result<std::unique_ptr<OfflineStore>> OfflineStore::open(std::filesystem::path const& folder) {
  auto database = open_folder(folder);
  if (!database) return database.error();
  auto inside = std::make_unique<Inside>();
  inside->database = std::move(*database);
  return std::unique_ptr<OfflineStore>(new OfflineStore(std::move(inside)));
}

Result<> OfflineStore::import_text(std::string_view text) {
  auto const read = read_text_import(text, to_ms(wall_clock()), inside_->database->keys(), IngestLimits{});
  if (!read) return read.error();
  auto const appended = inside_->database->append(read->incoming);
  inside_->kept += appended.accepted + appended.repeated;
  inside_->not_kept += appended.out_of_order + appended.over_limit + appended.invalid;
  inside_->database->maintain(wall_clock());
  return {};
}

void OfflineStore::close() {
  inside_->database->maintain(wall_clock());
  inside_->database->shorten_log(0);
}

std::size_t OfflineStore::kept() const {
  return inside_->kept;
}

std::size_t OfflineStore::not_kept() const {
  return inside_->not_kept;
}

}  // namespace yunzhi::monitor
