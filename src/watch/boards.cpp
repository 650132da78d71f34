#include "watch/boards.hpp"

#include <algorithm>

#include "base/id.hpp"
#include "base/limits.hpp"

namespace yunzhi::watch {
namespace {

using Text = std::optional<std::string>;

// Whether an actor sees it is asked with three names for the one person: a name stands in a statement once.
// Members of the row, in the order of Row.
constexpr auto columns_of_board =
    "b.id, b.owner, o.name, b.shared_with, b.editable, b.version, b.title, b.description, b.panels, "
    "b.author, "
    "a.name, b.updated_at from board b left join person o on o.id = b.owner left join person a on a.id = "
    "b.author where (b.owner = :owner or b.shared_with = 'everybody' or (b.shared_with = 'roles' and exists "
    "(select 1 from board_role s join person_role p on p.role = s.role where s.board = b.id and p.person = "
    ":person)))";

using Row = std::tuple<std::string, std::string, Text, std::string, bool, std::int64_t, std::string,
                       std::string, std::int64_t, std::string, Text, Instant>;

Board board_of(Row const& row) {
  auto const& [id, owner, owner_name, with, editable, version, title, description, panels, author,
               author_name, updated_at] = row;
  return {id,     owner,  owner_name.value_or(""),  {with, editable, {}}, version, title, description,
          panels, author, author_name.value_or(""), updated_at,           {}};
}

// A text that people search for as it stands: its own % and _ are no wildcards.
std::string pattern_of(std::string_view search) {
  std::string pattern = "%";
  for (char const letter : search) {
    if (letter == '%' || letter == '_' || letter == '!') pattern += '!';
    pattern += letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  }
  return pattern + "%";
}

json::object content_of(std::string const& text) {
  return parse_json(text).value().as_object();
}

void write_roles(store::Edit& edit, Board const& board) {
  for (auto const& role : board.sharing.roles)
    edit.run("insert into board_role (board, role) values (:board, :role)", board.id, role);
}

void write_version(store::Edit& edit, Board const& board, std::string const& reason) {
  edit.run(
      "insert into board_version (board, version, title, description, panels, content, author, reason, at) "
      "values (:board, :version, :title, :description, :panels, :content, :author, :reason, :at)",
      board.id, board.version, board.title, board.description, board.panels, json::serialize(board.content),
      board.author, reason, board.updated_at);
  edit.run("delete from board_version where board = :board and version <= :oldest", board.id,
           board.version - limits::board_versions);
}

void take_content(Board& board, BoardContent content) {
  board.title = std::move(content.title);
  board.description = std::move(content.description);
  board.panels = static_cast<std::int64_t>(content.panels);
  board.content = std::move(content.content);
}

}  // namespace

std::vector<Board> list_boards(store::Reader& reader, access::Actor const& actor, std::string_view search,
                               std::optional<BoardPlace> const& after, std::size_t most) {
  auto const pattern = pattern_of(search);
  auto const from = after.value_or(BoardPlace{from_ms(std::int64_t{1} << 60), ""});
  std::vector<Board> boards;
  // sql: the columns and the condition of seeing are constants.
  for (auto const& row : reader.rows_of<Row>(
           std::string("select ") + columns_of_board +
               " and (lower(b.title) like :title escape '!' or lower(b.description) like :description escape "
               "'!') and (b.updated_at < :before or (b.updated_at = :at and b.id < :id)) order by "
               "b.updated_at desc, b.id desc limit :most",
           actor.person, actor.person, pattern, pattern, from.updated_at, from.updated_at, from.id,
           static_cast<std::int64_t>(most)))
    boards.push_back(board_of(row));
  return boards;
}

std::optional<Board> find_board(store::Reader& reader, access::Actor const& actor, std::string_view id) {
  // sql: the columns and the condition of seeing are constants.
  auto const row = reader.row_of<Row>(std::string("select ") + columns_of_board + " and b.id = :id",
                                      actor.person, actor.person, id);
  if (!row) return std::nullopt;
  auto board = board_of(*row);
  for (auto& [role] :
       reader.rows<std::string>("select role from board_role where board = :id order by role", id))
    board.sharing.roles.push_back(std::move(role));
  auto const content = reader.one<std::string>(
      "select content from board_version where board = :id and version = :version", id, board.version);
  if (content) board.content = content_of(*content);
  return board;
}

bool may_edit(access::Actor const& actor, Board const& board) {
  auto const scope = access::scope(actor, write_boards);
  if (scope == access::Scope::none) return false;
  return board.owner == actor.person || board.sharing.editable || scope == access::Scope::all;
}

bool may_own(access::Actor const& actor, Board const& board) {
  auto const scope = access::scope(actor, write_boards);
  return scope == access::Scope::all || (scope != access::Scope::none && board.owner == actor.person);
}

std::vector<BoardVersion> board_versions(store::Reader& reader, std::string_view id) {
  std::vector<BoardVersion> versions;
  for (auto const& [version, title, description, panels, author, name, reason, at] :
       reader.rows<std::int64_t, std::string, std::string, std::int64_t, std::string, Text, std::string,
                   Instant>(
           "select v.version, v.title, v.description, v.panels, v.author, p.name, v.reason, v.at from "
           "board_version v left join person p on p.id = v.author where v.board = :id order by v.version "
           "desc limit 1000",
           id))
    versions.push_back({version, title, description, panels, author, name.value_or(""), reason, at, {}});
  return versions;
}

std::optional<BoardVersion> find_board_version(store::Reader& reader, std::string_view id,
                                               std::int64_t number) {
  auto const row = reader.row<std::int64_t, std::string, std::string, std::int64_t, std::string, Text,
                              std::string, Instant, std::string>(
      "select v.version, v.title, v.description, v.panels, v.author, p.name, v.reason, v.at, v.content from "
      "board_version v left join person p on p.id = v.author where v.board = :id and v.version = :version",
      id, number);
  if (!row) return std::nullopt;
  auto const& [version, title, description, panels, author, name, reason, at, content] = *row;
  return BoardVersion{version, title, description,        panels, author, name.value_or(""),
                      reason,  at,    content_of(content)};
}

Result<Board> create_board(store::Edit& edit, access::Actor const& actor, BoardContent content,
                           std::string const& reason) {
  auto const all = edit.one<std::int64_t>("select count(*) from board").value_or(0);
  if (all >= static_cast<std::int64_t>(limits::boards_count))
    return refuse(Why::conflict, "", "there are {} boards already", limits::boards_count);
  auto const own =
      edit.one<std::int64_t>("select count(*) from board where owner = :owner", actor.person).value_or(0);
  if (own >= static_cast<std::int64_t>(limits::boards_of_person))
    return refuse(Why::conflict, "", "you have {} boards already", limits::boards_of_person);
  Board board;
  board.id = new_id(edit.now());
  board.owner = board.author = actor.person;
  board.owner_name = board.author_name = actor.name;
  board.version = 1;
  board.updated_at = edit.now();
  take_content(board, std::move(content));
  edit.run(
      "insert into board (id, owner, shared_with, editable, version, title, description, panels, author, "
      "created_at, updated_at) values (:id, :owner, :with, :editable, :version, :title, :description, "
      ":panels, :author, :created, :updated)",
      board.id, board.owner, board.sharing.with, board.sharing.editable, board.version, board.title,
      board.description, board.panels, board.author, edit.now(), edit.now());
  write_version(edit, board, reason);
  return board;
}

Result<Board> change_board(store::Edit& edit, access::Actor const& actor, Board board, std::int64_t base,
                           BoardContent content, std::string const& reason) {
  if (base != board.version)
    return refuse(Why::conflict, "/base", "{} changed the board since you read it; it is now at version {}",
                  board.author_name, board.version);
  if (board.title == content.title && board.description == content.description &&
      board.content == content.content)
    return refuse(Why::conflict, "", "the board says this already");
  take_content(board, std::move(content));
  board.author = actor.person;
  board.author_name = actor.name;
  board.updated_at = edit.now();
  ++board.version;
  edit.run(
      "update board set version = :version, title = :title, description = :description, panels = :panels, "
      "author = :author, updated_at = :at where id = :id",
      board.version, board.title, board.description, board.panels, board.author, board.updated_at, board.id);
  write_version(edit, board, reason);
  return board;
}

Board share_board(store::Edit& edit, Board board, Sharing sharing) {
  board.sharing = std::move(sharing);
  edit.run("delete from board_role where board = :board", board.id);
  write_roles(edit, board);
  edit.run("update board set shared_with = :with, editable = :editable where id = :id", board.sharing.with,
           board.sharing.editable, board.id);
  return board;
}

void delete_board(store::Edit& edit, Board const& board) {
  edit.run("delete from board_role where board = :board", board.id);
  edit.run("delete from board_version where board = :board", board.id);
  edit.run("delete from board where id = :id", board.id);
}

}  // namespace yunzhi::watch
