// Each group of routes in a source of its own, and what they share.
#pragma once

#include "record/house.hpp"

namespace yunzhi::record {

void collection_routes(http::Router& router, access::Gate& gate, House& house, Module const& module);
void item_routes(http::Router& router, access::Gate& gate, House& house, Module const& module);
void transfer_routes(http::Router& router, access::Gate& gate, House& house, Module const& module);
void comment_routes(http::Router& router, access::Gate& gate, House& house, Module const& module);
void link_routes(http::Router& router, access::Gate& gate, House& house, Module const& module);
void attachment_routes(http::Router& router, access::Gate& gate, House& house, Module const& module);
void attachment_download(http::Router& router, access::Gate& gate, House& house);
void timeline_routes(http::Router& router, access::Gate& gate, House& house, Module const& module);
void task_routes(http::Router& router, access::Gate& gate, House& house);
void task_verb_routes(http::Router& router, access::Gate& gate, House& house);
void deputy_routes(http::Router& router, access::Gate& gate, House& house);
void instance_routes(http::Router& router, access::Gate& gate, House& house);
void batch_routes(http::Router& router, access::Gate& gate, House& house);
void job_routes(http::Router& router, access::Gate& gate, House& house);
void message_routes(http::Router& router, access::Gate& gate, House& house);
void search_routes(http::Router& router, access::Gate& gate, House& house);
void module_routes(http::Router& router, access::Gate& gate, House& house);

/// A route with the parts every operation has; `what` is the noun in the operation id ("Incident").
http::Route route(http::Method method, std::string path, std::string id, std::string tag,
                  std::string permission, std::string summary);

/// "incidents" -> "Incidents", for operation ids.
std::string capitalised(std::string_view word);

/// {type: object, properties: {items: [item], next, …}}
json::object page_schema(json::object item);
json::object object_schema(std::initializer_list<std::pair<std::string_view, std::string_view>> members);

/// The schema of a whole record as the API gives it, and of the fields a request may carry.
json::object record_schema(Module const& module);
json::object request_schema(Module const& module, std::vector<std::string> const& names, bool creating);

/// Names of people by id, for answers that show who did what.
json::object names_json(store::Reader& reader, std::vector<std::string> const& people);

}  // namespace yunzhi::record
