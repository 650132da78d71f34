// Boards that people keep: whose each is, who else sees and changes it, and all its versions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/actor.hpp"
#include "store/store.hpp"
#include "watch/board_content.hpp"

namespace yunzhi::watch {

/// The verb of making and changing boards. Granted for all, it holds for shared boards of others too.
inline constexpr auto write_boards = "board.write";

/// Who sees a board besides its owner; with `editable` they may change it as well.
struct Sharing {
  std::string with = "nobody";  ///< nobody, roles, everybody
  bool editable = false;
  std::vector<std::string> roles;
};

/// A board at its newest version.
struct Board {
  std::string id;
  std::string owner;  ///< person id
  std::string owner_name;
  Sharing sharing;  ///< in lists without the roles
  std::int64_t version = 0;
  std::string title;
  std::string description;
  std::int64_t panels = 0;
  std::string author;  ///< of the newest version
  std::string author_name;
  Instant updated_at{};
  json::object content;  ///< as in BoardContent; in lists empty
};

struct BoardVersion {
  std::int64_t version = 0;
  std::string title;
  std::string description;
  std::int64_t panels = 0;
  std::string author;
  std::string author_name;
  std::string reason;
  Instant at{};
  json::object content;  ///< in lists empty
};

/// A place in the list, which has the boards changed last first.
struct BoardPlace {
  Instant updated_at{};
  std::string id;
};

/// The boards the actor sees whose title or description holds the text, after the place.
std::vector<Board> list_boards(store::Reader& reader, access::Actor const& actor, std::string_view search,
                               std::optional<BoardPlace> const& after, std::size_t most);

/// The board, when the actor sees it.
std::optional<Board> find_board(store::Reader& reader, access::Actor const& actor, std::string_view id);
/// Whether the actor, who sees the board, may change it; and whether say who sees it, or delete it.
bool may_edit(access::Actor const& actor, Board const& board);
bool may_own(access::Actor const& actor, Board const& board);

/// The newest first.
std::vector<BoardVersion> board_versions(store::Reader& reader, std::string_view id);
std::optional<BoardVersion> find_board_version(store::Reader& reader, std::string_view id,
                                               std::int64_t version);

/// Refused when there are too many boards.
Result<Board> create_board(store::Edit& edit, access::Actor const& actor, BoardContent content,
                           std::string const& reason);
/// Makes a version. Refused with the name of who changed the board when `base` is not its newest version, and
/// when nothing would change.
Result<Board> change_board(store::Edit& edit, access::Actor const& actor, Board board, std::int64_t base,
                           BoardContent content, std::string const& reason);
Board share_board(store::Edit& edit, Board board, Sharing sharing);
/// Takes away the board and its versions.
void delete_board(store::Edit& edit, Board const& board);

}  // namespace yunzhi::watch
