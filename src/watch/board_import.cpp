// Boards from files: of our own, and dashboards of Grafana. A dry run tells panel by panel what is taken.
#include "base/limits.hpp"
#include "watch/board_json.hpp"
#include "watch/grafana.hpp"
#include "watch/routes.hpp"

namespace yunzhi::watch {
namespace {

std::string_view name_of(Taken::How how) {
  constexpr std::string_view names[] = {"whole", "partly", "not"};
  return names[static_cast<std::size_t>(how)];
}

json::array report(std::vector<Taken> const& all, http::Request const& request) {
  json::array items;
  for (auto const& taken : all) {
    json::array notes;
    for (auto const& note : taken.notes) notes.push_back(json::value(request.sentence(note)));
    items.push_back(json::object{{"title", taken.title},
                                 {"type", taken.type},
                                 {"taken", name_of(taken.how)},
                                 {"notes", std::move(notes)}});
  }
  return items;
}

// Every panel of an own file is taken as it is, or the file is refused.
GrafanaBoard own_board(json::object const& board) {
  GrafanaBoard read;
  read.board = board;
  return read;
}

Result<http::Reply> answer_import(access::Call const& call, store::Edit& edit) {
  auto const file = call.request.json_body();
  if (file.has_error()) return file.error();
  auto const* own = file->if_contains("board");
  bool const ours = text_of(*file, "format") == board_format && own != nullptr && own->is_object();
  auto const read = ours ? Result<GrafanaBoard>(own_board(own->as_object())) : read_grafana(*file);
  if (read.has_error()) return read.error();
  auto content = read_board(read->board);
  if (content.has_error()) return content.error();
  json::object answer{{"title", content->title},
                      {"panels_count", content->panels},
                      {"panels", report(read->panels, call.request)},
                      {"variables", report(read->variables, call.request)},
                      {"id", nullptr}};
  if (call.request.parameter("dry_run") == "true") {
    edit.discard();
    return http::Reply::json(answer);
  }
  auto const made = create_board(edit, call.actor, std::move(*content), ours ? "" : "Grafana");
  if (made.has_error()) return made.error();
  edit.record(
      access::entry(call, "board.import", "board/" + made->id,
                    json::object{{"title", made->title}, {"panels", made->panels}, {"grafana", !ours}}));
  answer["id"] = made->id;
  return http::Reply::json(answer);
}

}  // namespace

void import_routes(http::Router& router, access::Gate& gate) {
  auto route = http::make_route(
      http::Method::post, "/api/v1/boards/import",
      {.id = "importBoard",
       .tag = "boards",
       .summary = "Make a board of a file: an own one, or a dashboard of Grafana",
       .permission = write_boards,
       .parameters = {{"dry_run", "true: only tells what would be taken", {{"type", "string"}}}},
       .request = {{"type", "object"}},
       .response = {{"type", "object"},
                    {"properties",
                     {{"title", {{"type", "string"}}},
                      {"panels_count", {{"type", "integer"}}},
                      {"panels", {{"type", "array"}}},
                      {"variables", {{"type", "array"}}},
                      {"id", {{"type", {"string", "null"}}}}}}}});
  route.body_limit = limits::board_import_bytes;
  gate.write(router, std::move(route), answer_import);
}

}  // namespace yunzhi::watch
