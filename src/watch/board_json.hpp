// Boards as the API tells them, and the schemas of that.
#pragma once

#include "watch/boards.hpp"

namespace yunzhi::watch {

/// What a file with a board calls its format.
inline constexpr auto board_format = "yunzhi-board-1";

json::object sharing_json(Sharing const& sharing);
/// Without what the board shows.
json::object board_summary(Board const& board, access::Actor const& actor);
json::object board_json(Board const& board, access::Actor const& actor);
/// Without what the version showed.
json::object version_json(BoardVersion const& version);

json::object summary_schema();
json::object board_schema();
json::object version_schema();
/// Of what is sent to make or change a board.
json::object content_schema();
json::object list_schema(json::object const& item);

}  // namespace yunzhi::watch
