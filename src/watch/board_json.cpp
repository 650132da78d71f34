#include "watch/board_json.hpp"

namespace yunzhi::watch {
namespace {

json::object const text{{"type", "string"}};
json::object const whole{{"type", "integer"}};
json::object const flag{{"type", "boolean"}};
json::object const instant{{"type", "string"}, {"format", "date-time"}};

json::object list_of(json::object const& item) {
  return {{"type", "array"}, {"items", item}};
}

json::object object_of(json::object properties, json::array required) {
  return {{"type", "object"}, {"properties", std::move(properties)}, {"required", std::move(required)}};
}

json::object shown() {
  json::object const anything{{"type", "object"}};
  return {{"title", text},
          {"description", text},
          {"range_s", whole},
          {"refresh_s", whole},
          {"variables", list_of(anything)},
          {"rows", list_of(object_of({{"title", text}, {"folded", flag}, {"panels", list_of(anything)}},
                                     {"panels"}))}};
}

void add(json::object& to, json::object const& more) {
  for (auto const& member : more) to[member.key()] = member.value();
}

json::object summary_properties() {
  return {
      {"id", text},       {"owner", text},       {"owner_name", text},    {"sharing", {{"type", "object"}}},
      {"version", whole}, {"title", text},       {"description", text},   {"panels", whole},
      {"author", text},   {"author_name", text}, {"updated_at", instant}, {"mine", flag},
      {"may_edit", flag}, {"may_own", flag}};
}

}  // namespace

json::object sharing_json(Sharing const& sharing) {
  return {{"with", sharing.with},
          {"editable", sharing.editable},
          {"roles", json::array(sharing.roles.begin(), sharing.roles.end())}};
}

json::object board_summary(Board const& board, access::Actor const& actor) {
  return {{"id", board.id},
          {"owner", board.owner},
          {"owner_name", board.owner_name},
          {"sharing", sharing_json(board.sharing)},
          {"version", board.version},
          {"title", board.title},
          {"description", board.description},
          {"panels", board.panels},
          {"author", board.author},
          {"author_name", board.author_name},
          {"updated_at", format_instant(board.updated_at)},
          {"mine", board.owner == actor.person},
          {"may_edit", may_edit(actor, board)},
          {"may_own", may_own(actor, board)}};
}

json::object board_json(Board const& board, access::Actor const& actor) {
  auto object = board_summary(board, actor);
  add(object, board.content);
  return object;
}

json::object version_json(BoardVersion const& version) {
  return {{"version", version.version},         {"title", version.title},
          {"description", version.description}, {"panels", version.panels},
          {"author", version.author},           {"author_name", version.author_name},
          {"reason", version.reason},           {"at", format_instant(version.at)}};
}

json::object summary_schema() {
  return object_of(summary_properties(), {"id", "title", "version", "owner", "sharing", "may_edit"});
}

json::object board_schema() {
  auto properties = summary_properties();
  add(properties, shown());
  return object_of(std::move(properties), {"id", "title", "version", "rows", "variables"});
}

json::object version_schema() {
  json::object properties{{"version", whole},    {"panels", whole}, {"author", text},
                          {"author_name", text}, {"reason", text},  {"at", instant}};
  add(properties, shown());
  return object_of(std::move(properties), {"version", "title", "at"});
}

json::object content_schema() {
  auto properties = shown();
  properties["base"] = whole;
  properties["reason"] = text;
  return object_of(std::move(properties), {"title"});
}

json::object list_schema(json::object const& item) {
  return object_of({{"items", list_of(item)}, {"next", {{"type", {"string", "null"}}}}}, {"items"});
}

}  // namespace yunzhi::watch
