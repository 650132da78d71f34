#include "modules/person/person.hpp"

namespace yunzhi::modules {

record::Module person(record::Settings const&) {
  record::Module module;
  module.kind = "person";
  module.plural = "people";
  module.fields = describe::fields<Person>();
  module.defaults = describe::to_json(Person{});
  module.title = "name";
  module.needed = {"name"};
  module.given = module.editable = {"name", "unit", "post", "phone", "email", "crew", "active"};
  module.listed = {"id", "number", "name", "unit", "post", "phone", "email", "crew", "active"};
  module.sorted = {"created_at", "number", "name"};
  module.searched = {"name", "post"};
  module.unit = "unit";
  return module;
}

}  // namespace yunzhi::modules
