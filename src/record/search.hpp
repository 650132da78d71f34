// One search over every record. Chinese has no spaces, so text is cut into overlapping pairs of characters
// (bigrams) and Latin into words; both go into FTS5 on SQLite and tsvector on PostgreSQL. The index follows
// the ledger after the commit, so that a report never waits for it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "record/module.hpp"

namespace yunzhi::record {

/// The words of a text as both indexes hold them: lower-case Latin words and digits, bigrams of the rest.
std::vector<std::string> search_words(std::string_view text);

/// SQL that holds for the records of a kind that match all words of `text`; its arguments are appended.
std::string search_condition(store::Dialect dialect, std::string_view kind, std::string_view text,
                             store::Values& arguments);

/// Indexes what the ledger says has changed since the last call, at most `most` entries; the number done.
std::size_t index_changes(store::Store& store, Modules const& modules, std::size_t most);

struct Found {
  std::string kind, id, number, title;
};

/// The newest matches over all kinds the actor may read.
std::vector<Found> search(store::Reader& reader, Modules const& modules, access::Actor const& actor,
                          std::string_view text, std::size_t limit);

}  // namespace yunzhi::record
