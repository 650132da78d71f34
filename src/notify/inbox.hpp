// The answers to a person's questions about the own notifications, and to an officer's about deliveries. The
// routes are made by the application, which knows who asks.
#pragma once

#include <string>
#include <string_view>

#include "http/message.hpp"
#include "notify/message.hpp"
#include "store/store.hpp"

namespace yunzhi::notify {

/// GET /notifications?unread=true&limit=50&after=<id>: newest first, in the reader's language.
Result<http::Reply> list(store::Reader& reader, Catalogue const& catalogue, std::string_view person,
                         std::string_view language, http::Request const& request);
/// POST /notifications/{id}/read. Missing when it is not the person's.
Result<http::Reply> mark_read(store::Edit& edit, std::string_view person, std::string_view id);
/// POST /notifications/read-all
Result<http::Reply> mark_all_read(store::Edit& edit, std::string_view person);
/// GET /deliveries?state=dead&limit=50&after=<id>: what went out or did not, with the trace of each.
Result<http::Reply> deliveries(store::Reader& reader, http::Request const& request);

/// JSON Schemas of one item of each list, for openapi.json.
json::object notification_schema();
json::object delivery_schema();

}  // namespace yunzhi::notify
