// `yunzhi monitor query|export|import`: a folder of series that no server has open, or a running server.
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <vector>

#include "app/command/monitor_commands.hpp"
#include "base/json.hpp"
#include "monitor/export.hpp"
#include "monitor/offline.hpp"
#include "monitor/remote.hpp"

namespace yunzhi::app {
namespace {

constexpr std::size_t piece_bytes = std::size_t{8} << 20;

struct Options {
  std::string data;
  std::string server;
  std::string token_file;
  std::string expression;
  std::string start;
  std::string end;
  std::string step;
  std::string time;
  std::vector<std::string> files;
};

Result<monitor::Remote> remote_of(Options const& options) {
  monitor::Remote remote{options.server, {}, std::chrono::minutes(5)};
  if (options.token_file.empty()) return remote;
  auto token = read_text(options.token_file);
  if (!token) return token.error();
  remote.token = token->substr(0, token->find_first_of("\r\n"));
  return remote;
}

std::string query_path(Options const& options) {
  bool const range = !options.start.empty();
  std::string path = range ? "/api/v1/query_range?query=" : "/api/v1/query?query=";
  path += monitor::url_escaped(options.expression);
  auto add = [&path](std::string_view name, std::string const& value) {
    if (!value.empty()) path += '&' + std::string(name) + '=' + monitor::url_escaped(value);
  };
  add("start", options.start);
  add("end", options.end);
  add("step", options.step);
  add("time", options.time);
  return path;
}

int print(Result<std::string> const& text) {
  if (!text) return fail(text.error());
  std::fwrite(text->data(), 1, text->size(), stdout);
  if (!text->empty() && text->back() != '\n') std::fputc('\n', stdout);
  return 0;
}

int query(Options const& options) {
  if (!options.server.empty()) {
    auto const remote = remote_of(options);
    if (!remote) return fail(remote.error());
    return print(monitor::remote_get(*remote, query_path(options)));
  }
  return print(monitor::offline_query(
      options.data, {options.expression, options.time, options.start, options.end, options.step}));
}

int export_series(Options const& options) {
  auto const selector = options.expression.empty() ? std::string("{__name__!=\"\"}") : options.expression;
  if (!options.server.empty()) {
    auto const remote = remote_of(options);
    if (!remote) return fail(remote.error());
    return print(monitor::remote_get(
        *remote, "/api/v1/export/prometheus?match[]=" + monitor::url_escaped(selector) +
                     (options.start.empty() ? "" : "&start=" + monitor::url_escaped(options.start)) +
                     (options.end.empty() ? "" : "&end=" + monitor::url_escaped(options.end))));
  }
  auto const done = monitor::offline_export(
      options.data, selector, options.start, options.end,
      [](std::string_view text) { return std::fwrite(text.data(), 1, text.size(), stdout) == text.size(); });
  return done ? 0 : fail(done.error());
}

// Hands a stream on in pieces of whole lines.
Result<> in_pieces(std::istream& stream, std::function<Result<>(std::string)> const& take) {
  std::string rest;
  std::string buffer(piece_bytes, '\0');
  while (stream) {
    stream.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    rest.append(buffer, 0, static_cast<std::size_t>(stream.gcount()));
    auto const end = stream ? rest.rfind('\n') + 1 : rest.size();
    if (auto done = take(rest.substr(0, end)); !done) return done;
    rest.erase(0, end);
  }
  return {};
}

Result<> import_all(Options const& options, std::function<Result<>(std::string)> const& take) {
  if (options.files.empty()) return in_pieces(std::cin, take);
  for (auto const& path : options.files) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return refuse(Why::missing, path, "the file cannot be read");
    if (auto done = in_pieces(file, take); !done) return done;
  }
  return {};
}

int import_series(Options const& options) {
  if (!options.server.empty()) {
    auto const remote = remote_of(options);
    if (!remote) return fail(remote.error());
    auto const done = import_all(options, [&](std::string text) {
      return monitor::remote_post(*remote, "/api/v1/import/prometheus", "text/plain", std::move(text));
    });
    return done ? 0 : fail(done.error());
  }
  auto store = monitor::OfflineStore::open(options.data);
  if (!store) return fail(store.error());
  auto const done = import_all(options, [&](std::string const& text) { return (*store)->import_text(text); });
  if (!done) return fail(done.error());
  (*store)->close();
  std::printf("%zu samples kept, %zu not\n", (*store)->kept(), (*store)->not_kept());
  return 0;
}

void add_place(CLI::App* command, Options& options) {
  auto* place = command->add_option_group("place", "Where the series are: one of");
  place->add_option("--data", options.data, "Folder of the series; no server may have it open");
  auto* server = place->add_option("--server", options.server, "http://host:port of a running server");
  place->require_option(1);
  command->add_option("--token-file", options.token_file, "File with the server's bearer token")
      ->needs(server);
}

}  // namespace

void add_monitor_data(CLI::App& monitor, Act& chosen) {
  auto asked = std::make_shared<Options>();
  auto* query_command = monitor.add_subcommand("query", "Evaluate PromQL; prints the answer as JSON");
  add_place(query_command, *asked);
  query_command->add_option("expression", asked->expression, "PromQL")->required();
  query_command->add_option("--time", asked->time, "Seconds since 1970 or RFC 3339; now when left out");
  auto* start = query_command->add_option("--start", asked->start, "Begin of a range");
  query_command->add_option("--end", asked->end, "End of the range")->needs(start);
  query_command->add_option("--step", asked->step, "Step of the range, 60s or 5m")->needs(start);
  query_command->callback([asked, &chosen] { chosen = [asked] { return query(*asked); }; });

  auto exported = std::make_shared<Options>();
  auto* export_command = monitor.add_subcommand("export", "Write samples as Prometheus text with times");
  add_place(export_command, *exported);
  export_command->add_option("selector", exported->expression, "Of the series; all when left out");
  export_command->add_option("--start", exported->start, "Seconds since 1970 or RFC 3339");
  export_command->add_option("--end", exported->end, "Seconds since 1970 or RFC 3339");
  export_command->callback([exported, &chosen] { chosen = [exported] { return export_series(*exported); }; });

  auto imported = std::make_shared<Options>();
  auto* import_command = monitor.add_subcommand("import", "Take samples in Prometheus text, of any age");
  add_place(import_command, *imported);
  import_command->add_option("files", imported->files, "Files; standard input when left out");
  import_command->callback([imported, &chosen] { chosen = [imported] { return import_series(*imported); }; });
}

}  // namespace yunzhi::app
