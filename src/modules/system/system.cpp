#include "modules/system/system.hpp"

#include <algorithm>
#include <charconv>

namespace yunzhi::modules {
namespace {

bool is_address(std::string_view text) {
  auto const colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  int port = 0;
  auto const [end, error] = std::from_chars(text.data() + colon + 1, text.data() + text.size(), port);
  bool const plain = std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_' || c == ':' || c == '[' || c == ']';
  });
  return plain && error == std::errc{} && end == text.data() + text.size() && port > 0 && port < 65536;
}

Result<> check(record::Change& change) {
  auto const address = text_of(change.after, "address");
  if (!address.empty() && !is_address(address))
    return refuse(Why::invalid, "/address", "must be host:port of an exporter, as in 10.0.0.5:9100");
  auto const& id = change.after.at("id");
  auto const& depends_on = change.after.at("depends_on").as_array();
  if (std::find(depends_on.begin(), depends_on.end(), id) != depends_on.end())
    return refuse(Why::conflict, "/depends_on", "a system cannot depend on itself");
  return {};
}

}  // namespace

record::Module system(record::Settings const&) {
  record::Module module;
  module.kind = "system";
  module.plural = "systems";
  module.fields = describe::fields<System>();
  module.defaults = describe::to_json(System{});
  module.title = "name";
  module.needed = {"name"};
  module.given = module.editable = {"name",        "description", "owner",      "unit",
                                    "criticality", "address",     "depends_on", "state"};
  module.listed = {"id", "number", "name", "owner", "unit", "criticality", "address", "state"};
  module.sorted = {"created_at", "number", "name", "criticality"};
  module.searched = {"name", "description", "address"};
  module.people = {"owner"};
  module.unit = "unit";
  module.closed = {"retired"};
  module.before_create = module.before_change = check;
  return module;
}

}  // namespace yunzhi::modules
