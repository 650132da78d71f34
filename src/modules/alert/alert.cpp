#include "modules/alert/alert.hpp"

namespace yunzhi::modules {

record::Module alert(record::Settings const&) {
  record::Module module;
  module.kind = "alert";
  module.plural = "alerts";
  module.fields = describe::fields<Alert>();
  module.defaults = describe::to_json(Alert{});
  module.title = "name";
  module.listed = {"id",
                   "number",
                   "name",
                   "labels",
                   "annotations",
                   "severity",
                   "state",
                   "active_at",
                   "fired_at",
                   "resolved_at",
                   "value",
                   "flapping",
                   "incident",
                   "system",
                   "created_at",
                   "maintenance_window",
                   "caused_by",
                   "silence",
                   "acknowledged_by",
                   "acknowledged_at"};
  module.sorted = {"created_at"};
  module.searched = {"name"};
  return module;
}

}  // namespace yunzhi::modules
