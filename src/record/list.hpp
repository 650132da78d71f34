// A list as a person asked for it: filters, sort, page. Turned into one SQL statement over whitelisted
// columns with every value bound; pages by keyset, so the last page costs what the first does.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/actor.hpp"
#include "http/message.hpp"
#include "record/module.hpp"

namespace yunzhi::record {

struct Filter {
  std::string field;
  std::vector<std::string> values;  ///< any of them; "" matches empty
  bool negated = false;
  std::optional<Instant> from, to;  ///< for instants, half open
};

struct ListQuery {
  std::vector<Filter> filters;
  std::string search;  ///< free text; empty: none
  std::string sort = "created_at";
  bool descending = true;
  std::size_t limit = 50;
  std::optional<std::pair<std::string, std::string>> after;  ///< sort value and id of the last row seen
  describe::Fields fields;  ///< selected; id and the sort field always among them
};

/// Reads a query from request parameters: `limit`, `after`, `sort=-field`, `q`, `fields=a,b`,
/// `field=v1,v2`, `field=!v`, `field.from`, `field.to`, `open=true|false`; `me` stands for the actor.
/// Unknown parameters and values of the wrong form are refused by name.
Result<ListQuery> parse_list(Module const& module, http::Request const& request, access::Actor const& actor);

struct Page {
  std::vector<json::object> items;
  std::optional<std::string> next;  ///< cursor
  std::int64_t count = 0;           ///< of all that match, as far as they were walked
  bool exact = true;
};

/// Where the page after this record begins.
std::pair<std::string, std::string> cursor_after(Module const& module, ListQuery const& query,
                                                 json::object const& last);

/// Runs it within what the actor may read.
Page list(store::Reader& reader, Module const& module, ListQuery const& query, access::Actor const& actor);

/// The row scope of a verb as SQL, with its arguments; "1 = 1" for all, "1 = 0" for none.
struct Condition {
  std::string sql;
  store::Values arguments;
};
Condition visible(Module const& module, access::Actor const& actor, std::string_view verb);

}  // namespace yunzhi::record
