#include "modules/unit/unit.hpp"

namespace yunzhi::modules {
namespace {

constexpr int deepest = 20;

// A unit above itself would make every question about the tree endless.
Result<> no_circle(record::Change& change) {
  auto const id = text_of(change.after, "id");
  auto parent = text_of(change.after, "parent");
  for (int level = 0; !parent.empty(); ++level) {
    if (parent == id || level > deepest)
      return refuse(Why::conflict, "/parent",
                    "a unit cannot stand below itself, nor more than {} levels deep", deepest);
    parent = change.edit.one<std::optional<std::string>>("select parent from unit where id = :id", parent)
                 .value_or(std::nullopt)
                 .value_or("");
  }
  return {};
}

}  // namespace

record::Module unit(record::Settings const&) {
  record::Module module;
  module.kind = "unit";
  module.plural = "units";
  module.fields = describe::fields<Unit>();
  module.defaults = describe::to_json(Unit{});
  module.title = "name";
  module.needed = {"name"};
  module.given = module.editable = {"name", "parent", "kind"};
  module.listed = {"id", "number", "name", "parent", "kind"};
  module.sorted = {"created_at", "number", "name"};
  module.searched = {"name"};
  module.before_create = module.before_change = no_circle;
  return module;
}

}  // namespace yunzhi::modules
