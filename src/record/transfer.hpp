// Records in bulk: import of JSON lines that keep their own dates, export as CSV.
#pragma once

#include "record/kernel.hpp"

namespace yunzhi::record {

struct ImportReport {
  std::int64_t accepted = 0;
  std::vector<std::pair<std::int64_t, Fault>> errors;  ///< line (from 1) and what is wrong with it
};

/// Imports one JSON object per line: any field of the family, plus "created_at" and, for families with a
/// process, an ended state (a running record must be reported, not imported). References may name a record
/// by id or by its number. Lines are checked one by one; when any is wrong nothing is stored.
ImportReport import_lines(store::Edit& edit, access::Actor const& actor, Kernel& kernel, Module const& module,
                          std::string_view lines);

/// One CSV line (RFC 4180) of texts; a text that a spreadsheet would take for a formula gets a quote in
/// front.
std::string csv_line(std::vector<std::string> const& cells);

}  // namespace yunzhi::record
