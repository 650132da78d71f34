// The routes of this room.
#pragma once

#include "access/access.hpp"
#include "watch/own_rules.hpp"

namespace yunzhi::watch {

/// Rules that people keep: list, make, change, switch, versions, and what is wrong with a text.
void rule_routes(http::Router& router, access::Gate& gate, OwnRules& rules);

/// Boards that people keep: list, make, change, share, versions, and the way in from files and out to them.
void board_routes(http::Router& router, access::Gate& gate, access::Roles const& roles);
void import_routes(http::Router& router, access::Gate& gate);

}  // namespace yunzhi::watch
