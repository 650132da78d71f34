// A family of records as the kernel sees it: its fields and what may be done with each, its process, and
// the few rules that are its own. Everything else (routes, list, detail, history, links, comments,
// attachments, search, clocks, import, export) follows from this description.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "access/actor.hpp"
#include "describe/field.hpp"
#include "store/store.hpp"

namespace yunzhi::record {

/// What a rule sees: the record as it is to become, and as it was (empty at creation).
struct Change {
  store::Edit& edit;
  access::Actor const& actor;
  json::object const& before;
  json::object& after;
};
using Rule = std::function<Result<>(Change&)>;

/// A choice that comes from the pack, with its words by language.
struct Choice {
  std::string value;
  std::map<std::string, std::string> title, hint;
};

struct Module {
  std::string kind;    ///< "incident"; table name, permission prefix, word prefix
  std::string plural;  ///< "incidents"; path
  describe::Fields fields;
  std::string title = "title";        ///< the field that names a record in labels and search
  json::object defaults;              ///< every field of a record nobody said anything about
  std::vector<std::string> needed;    ///< fields that must be given and not blank
  std::vector<std::string> given;     ///< fields accepted at creation
  std::vector<std::string> editable;  ///< fields accepted by PATCH, outside a step of the process
  std::vector<std::string> listed;    ///< fields of a list unless others are asked for
  std::vector<std::string> sorted;    ///< fields a list may be sorted by; each needs an index
  std::vector<std::string> searched;  ///< text fields the search index holds
  std::map<std::string, std::vector<Choice>> offered;  ///< by field: the words of choices of the pack
  std::vector<std::string> people;    ///< references to persons that make the record theirs as well
  std::string unit;                   ///< reference to the unit it belongs to; empty: none
  std::vector<std::string> closed;    ///< states that are the end
  std::string process;                ///< key of the process a new record starts; empty: none
  std::string report_verb = "write";  ///< "<kind>.<verb>" is the permission to create
  std::string update_verb = "write";  ///< and to change
  Rule before_create;                 ///< fills what follows from what was given
  Rule before_change;                 ///< the same for a patch or a step

  [[nodiscard]] bool has_state() const { return describe::find(fields, "state") != nullptr; }
};

/// Whether a field holds nothing a person would call a value: missing, null, or a text of white space.
bool is_blank(json::value const* value);

/// All families, in the order of registration. Immutable after start-up.
class Modules {
 public:
  explicit Modules(std::vector<Module> all) : all_(std::move(all)) {}
  [[nodiscard]] std::vector<Module> const& all() const { return all_; }
  /// By kind; nullptr when there is none.
  [[nodiscard]] Module const* find(std::string_view kind) const;
  /// References to kinds that no module serves, as "incident.system -> system"; empty when all is well.
  [[nodiscard]] std::vector<std::string> dangling() const;

 private:
  std::vector<Module> all_;
};

}  // namespace yunzhi::record
