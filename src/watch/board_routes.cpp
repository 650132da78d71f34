// Boards over HTTP: what a person does not see does not exist, and every command leaves its entry.
#include <algorithm>

#include "access/body.hpp"
#include "base/limits.hpp"
#include "base/text/whole_number.hpp"
#include "watch/board_json.hpp"
#include "watch/routes.hpp"

namespace yunzhi::watch {
namespace {

constexpr std::size_t page_boards = 100;

// "1790000000000-0190…": when the last row was changed, and its id.
Result<std::optional<BoardPlace>> place_of(http::Request const& request) {
  auto const after = request.parameter("after");
  if (!after || after->empty()) return std::optional<BoardPlace>();
  auto const dash = after->find('-');
  auto const at = whole_number(after->substr(0, dash));
  if (dash == std::string_view::npos || !at)
    return refuse(Why::invalid, "after", "is not a cursor this list gave out");
  return std::optional(BoardPlace{from_ms(*at), std::string(after->substr(dash + 1))});
}

Result<http::Reply> answer_list(access::Call const& call, store::Reader& reader) {
  auto const place = place_of(call.request);
  if (place.has_error()) return place.error();
  auto const search = call.request.parameter("search").value_or("");
  if (search.size() > limits::line_characters)
    return refuse(Why::invalid, "search", "must have at most {} characters", limits::line_characters);
  auto const boards = list_boards(reader, call.actor, search, *place, page_boards + 1);
  auto const shown = std::min(boards.size(), page_boards);
  json::array items;
  for (std::size_t i = 0; i < shown; ++i) items.push_back(board_summary(boards[i], call.actor));
  json::value next;
  if (boards.size() > page_boards)
    next = std::to_string(to_ms(boards[shown - 1].updated_at)) + "-" + boards[shown - 1].id;
  return http::Reply::json(json::object{{"items", std::move(items)}, {"next", std::move(next)}});
}

Result<http::Reply> answer_one(access::Call const& call, store::Reader& reader) {
  auto const board = find_board(reader, call.actor, call.request.capture("id"));
  if (!board) return access::not_found();
  return http::Reply::json(board_json(*board, call.actor));
}

Result<http::Reply> answer_export(access::Call const& call, store::Reader& reader) {
  auto const board = find_board(reader, call.actor, call.request.capture("id"));
  if (!board) return access::not_found();
  auto text = board->content;
  text["title"] = board->title;
  text["description"] = board->description;
  return http::Reply::json(json::object{{"format", board_format}, {"board", std::move(text)}})
      .with("Content-Disposition", "attachment; filename=\"board-" + board->id + ".json\"");
}

// The board as long as the actor may change it; owning is needed to share and to delete.
enum class Needs { editing, owning };
Result<Board> board_for(access::Call const& call, store::Reader& reader, Needs needs) {
  auto board = find_board(reader, call.actor, call.request.capture("id"));
  if (!board) return access::not_found();
  if (needs == Needs::editing && !may_edit(call.actor, *board))
    return refuse(Why::forbidden, "", "only {} may change this board; make a copy", board->owner_name);
  if (needs == Needs::owning && !may_own(call.actor, *board))
    return refuse(Why::forbidden, "", "only {} may share or delete this board", board->owner_name);
  return std::move(*board);
}

std::string taken_reason(json::object& given) {
  auto reason = text_of(given, "reason");
  given.erase("reason");
  return reason;
}

Result<> reason_fits(std::string const& reason) {
  if (reason.size() > limits::reason_characters * 4)
    return refuse(Why::invalid, "/reason", "must have at most {} characters", limits::reason_characters);
  return {};
}

Result<http::Reply> answer_create(access::Call const& call, store::Edit& edit) {
  auto given = call.request.json_body();
  if (given.has_error()) return given.error();
  auto const reason = taken_reason(*given);
  if (auto const fits = reason_fits(reason); fits.has_error()) return fits.error();
  auto content = read_board(*given);
  if (content.has_error()) return content.error();
  auto const made = create_board(edit, call.actor, std::move(*content), reason);
  if (made.has_error()) return made.error();
  edit.record(access::entry(call, "board.create", "board/" + made->id,
                            json::object{{"title", made->title}, {"panels", made->panels}}));
  return http::Reply::json(board_json(*made, call.actor), 201);
}

// A new version of a board from what it said before, the number it is based on, and what it shall say.
Result<http::Reply> change(access::Call const& call, store::Edit& edit, std::string_view action, Board board,
                           std::int64_t base, BoardContent content, std::string const& reason) {
  auto const title = board.title;
  auto const panels = board.panels;
  auto const after = change_board(edit, call.actor, std::move(board), base, std::move(content), reason);
  if (after.has_error()) return after.error();
  edit.record(access::entry(call, action, "board/" + after->id,
                            json::object{{"title", json::array{title, after->title}},
                                         {"panels", json::array{panels, after->panels}},
                                         {"version", json::array{base, after->version}},
                                         {"reason", reason}}));
  return http::Reply::json(board_json(*after, call.actor));
}

Result<std::int64_t> taken_base(json::object& given) {
  auto const* base = given.if_contains("base");
  if (base == nullptr || !base->is_int64())
    return refuse(Why::invalid, "/base", "is required: the version of the board you saw");
  auto const number = base->as_int64();
  given.erase("base");
  return number;
}

Result<http::Reply> answer_change(access::Call const& call, store::Edit& edit) {
  auto board = board_for(call, edit, Needs::editing);
  if (board.has_error()) return board.error();
  auto given = call.request.json_body();
  if (given.has_error()) return given.error();
  auto const reason = taken_reason(*given);
  if (auto const fits = reason_fits(reason); fits.has_error()) return fits.error();
  auto const base = taken_base(*given);
  if (base.has_error()) return base.error();
  auto content = read_board(*given);
  if (content.has_error()) return content.error();
  return change(call, edit, "board.update", std::move(*board), *base, std::move(*content), reason);
}

Result<http::Reply> answer_restore(access::Call const& call, store::Edit& edit) {
  auto board = board_for(call, edit, Needs::editing);
  if (board.has_error()) return board.error();
  auto given = call.request.json_body();
  if (given.has_error()) return given.error();
  auto const base = taken_base(*given);
  if (base.has_error()) return base.error();
  auto const number = whole_number(call.request.capture("version"));
  auto const version = number ? find_board_version(edit, board->id, *number) : std::nullopt;
  if (!version) return access::not_found();
  BoardContent content{version->title, version->description, static_cast<std::size_t>(version->panels),
                       version->content};
  return change(call, edit, "board.restore", std::move(*board), *base, std::move(content),
                "v" + std::to_string(version->version));
}

Result<http::Reply> answer_versions(access::Call const& call, store::Reader& reader) {
  auto const board = find_board(reader, call.actor, call.request.capture("id"));
  if (!board) return access::not_found();
  json::array items;
  for (auto const& version : board_versions(reader, board->id)) items.push_back(version_json(version));
  return http::Reply::json(json::object{{"items", std::move(items)}, {"next", nullptr}});
}

Result<http::Reply> answer_version(access::Call const& call, store::Reader& reader) {
  auto const board = find_board(reader, call.actor, call.request.capture("id"));
  if (!board) return access::not_found();
  auto const number = whole_number(call.request.capture("version"));
  auto const version = number ? find_board_version(reader, board->id, *number) : std::nullopt;
  if (!version) return access::not_found();
  auto answer = version_json(*version);
  for (auto const& member : version->content) answer[member.key()] = member.value();
  return http::Reply::json(answer);
}

Result<Sharing> sharing_of(access::Call const& call, access::Roles const& roles) {
  auto const given = call.request.json_body();
  if (given.has_error()) return given.error();
  access::Body body(*given);
  Sharing sharing;
  sharing.with = body.text("with");
  sharing.editable = body.flag("editable").value_or(false);
  auto const named = body.texts("roles").value_or(std::set<std::string>());
  if (sharing.with != "nobody" && sharing.with != "roles" && sharing.with != "everybody")
    body.fault("with", refuse(Why::invalid, "", "must be one of {}", "nobody, roles, everybody"));
  if (sharing.with == "roles" && named.empty()) body.fault("roles", refuse(Why::invalid, "", "is required"));
  for (auto const& role : named)
    if (!roles.known(role)) body.fault("roles", refuse(Why::invalid, "", "there is no role {}", role));
  if (auto const read = body.end(); read.has_error()) return read.error();
  if (sharing.with == "roles") sharing.roles.assign(named.begin(), named.end());
  if (sharing.with == "nobody") sharing.editable = false;
  return sharing;
}

Result<http::Reply> answer_share(access::Roles const& roles, access::Call const& call, store::Edit& edit) {
  auto board = board_for(call, edit, Needs::owning);
  if (board.has_error()) return board.error();
  auto sharing = sharing_of(call, roles);
  if (sharing.has_error()) return sharing.error();
  auto const before = sharing_json(board->sharing);
  auto const after = share_board(edit, std::move(*board), std::move(*sharing));
  edit.record(access::entry(
      call, "board.share", "board/" + after.id,
      json::object{{"title", after.title}, {"sharing", json::array{before, sharing_json(after.sharing)}}}));
  return http::Reply::json(board_json(after, call.actor));
}

Result<http::Reply> answer_choices(access::Roles const& roles, access::Call const& call) {
  json::array items;
  for (auto const& role : roles.all()) {
    auto const name = role.name.find(std::string(call.request.language()));
    items.push_back(
        json::object{{"id", role.id}, {"name", name == role.name.end() ? role.id : name->second}});
  }
  return http::Reply::json(json::object{{"items", std::move(items)}, {"next", nullptr}});
}

Result<http::Reply> answer_delete(access::Call const& call, store::Edit& edit) {
  auto const board = board_for(call, edit, Needs::owning);
  if (board.has_error()) return board.error();
  delete_board(edit, *board);
  edit.record(access::entry(
      call, "board.delete", "board/" + board->id,
      json::object{{"title", board->title}, {"panels", board->panels}, {"version", board->version}}));
  return http::Reply::empty();
}

http::Route route(http::Method method, std::string const& path, http::Operation operation) {
  operation.tag = "boards";
  return http::make_route(method, "/api/v1/boards" + path, std::move(operation));
}

void reading_routes(http::Router& router, access::Gate& gate, access::Roles const& roles) {
  using http::Method;
  auto const* const read = "monitor.query";
  auto reading = [&](std::string const& path, http::Operation operation) {
    operation.permission = read;
    return route(Method::get, path, std::move(operation));
  };
  gate.read(router,
            reading("", {.id = "listBoards",
                         .summary = "The boards one sees, the last changed first",
                         .parameters = {{"search", "In the title or the description", {{"type", "string"}}},
                                        {"after", "The `next` of the page before", {{"type", "string"}}}},
                         .response = list_schema(summary_schema())}),
            answer_list);
  gate.read(router, reading("/{id}", {.id = "getBoard", .summary = "A board", .response = board_schema()}),
            answer_one);
  gate.read(router,
            reading("/{id}/export",
                    {.id = "exportBoard", .summary = "A board as a file", .response = {{"type", "object"}}}),
            answer_export);
  gate.read(router,
            reading("/{id}/versions", {.id = "listBoardVersions",
                                       .summary = "The kept versions of a board, the newest first",
                                       .response = list_schema(version_schema())}),
            answer_versions);
  gate.read(
      router,
      reading("/{id}/versions/{version}",
              {.id = "getBoardVersion", .summary = "A version of a board", .response = version_schema()}),
      answer_version);
  gate.read(router,
            reading("/sharing/roles", {.id = "listBoardRoles",
                                       .summary = "The roles a board can be shared with",
                                       .response = {{"type", "object"}}}),
            [&roles](access::Call const& call, store::Reader&) { return answer_choices(roles, call); });
}

}  // namespace

void board_routes(http::Router& router, access::Gate& gate, access::Roles const& roles) {
  using http::Method;
  reading_routes(router, gate, roles);
  auto writing = [](Method method, std::string const& path, http::Operation operation) {
    operation.permission = write_boards;
    return route(method, path, std::move(operation));
  };
  json::object const base{{"type", "object"},
                          {"properties", {{"base", {{"type", "integer"}}}}},
                          {"required", json::array{"base"}}};
  json::object const sharing{{"type", "object"},
                             {"properties",
                              {{"with", {{"enum", json::array{"nobody", "roles", "everybody"}}}},
                               {"roles", {{"type", "array"}, {"items", {{"type", "string"}}}}},
                               {"editable", {{"type", "boolean"}}}}},
                             {"required", json::array{"with"}}};
  gate.write(router,
             writing(Method::post, "",
                     {.id = "createBoard",
                      .summary = "Make a board",
                      .request = content_schema(),
                      .response = board_schema(),
                      .success = 201}),
             answer_create);
  gate.write(router,
             writing(Method::put, "/{id}",
                     {.id = "updateBoard",
                      .summary = "Make a new version of a board (`base`: the version one saw)",
                      .request = content_schema(),
                      .response = board_schema()}),
             answer_change);
  gate.write(router,
             writing(Method::post, "/{id}/versions/{version}/restore",
                     {.id = "restoreBoard",
                      .summary = "Make a new version that says what an older one said",
                      .request = base,
                      .response = board_schema()}),
             answer_restore);
  gate.write(
      router,
      writing(Method::put, "/{id}/sharing",
              {.id = "shareBoard",
               .summary = "Say who sees a board, and whether they may change it",
               .request = sharing,
               .response = board_schema()}),
      [&roles](access::Call const& call, store::Edit& edit) { return answer_share(roles, call, edit); });
  gate.write(router,
             writing(Method::remove, "/{id}",
                     {.id = "deleteBoard", .summary = "Delete a board with its versions", .success = 204}),
             answer_delete);
  import_routes(router, gate);
}

}  // namespace yunzhi::watch
