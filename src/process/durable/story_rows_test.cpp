// Tells stories to the kept engine: what stands in the rows after each command, and whether it fits.
#include "process/durable/story_house.hpp"
#include "process/durable/variables.hpp"

namespace yunzhi::process {

std::shared_ptr<Definition const> StoryHouse::definition_of(Row const& row) {
  return store_.read(
      [&](store::Reader& reader) { return processes_.definitions().get(reader, row.definition); });
}

// In the order in which they began.
std::vector<StoryHouse::Row> StoryHouse::rows() {
  auto const found = store_.read([](store::Reader& reader) {
    return reader.rows<std::string, std::string, std::string, std::string, std::optional<std::string>,
                       std::optional<Instant>>(
        "select id, definition, record, state, variables, ended_at from process_instance order by id");
  });
  std::vector<Row> all;
  for (auto const& [id, definition, record, state, variables, ended_at] : found) {
    Row row{id, definition, record, ended_at.has_value(), {}, {}};
    row.instance = restore(*definition_of(row), state).value();
    if (variables) row.variables = parsed_json(*variables).as_object();
    all.push_back(std::move(row));
  }
  return all;
}

json::object StoryHouse::answer() {
  auto const all = rows();
  check_rows(all);
  json::array open;
  json::object variables;
  json::array events;
  bool ended = !all.empty();
  for (auto const& row : all) {
    ended = ended && row.over;
    auto const definition = definition_of(row);
    for (auto const& token : row.instance.tokens)
      if (token.state == Token::State::waiting && definition->nodes[token.node].task())
        open.emplace_back(definition->nodes[token.node].id);
    if (row.id == main_) variables = seen_by(record_of(row), row.variables);
    auto& seen = seen_[row.id];
    for (auto const& [seq, kind] : store_.read([&](store::Reader& reader) {
           return reader.rows<std::int64_t, std::string>(
               "select seq, kind from process_event where instance = :instance and seq > :seen order by seq",
               row.id, seen);
         })) {
      events.push_back(json::object{{"kind", kind}});
      seen = seq;
    }
  }
  return {{"open", std::move(open)},
          {"ended", ended},
          {"variables", std::move(variables)},
          {"events", std::move(events)},
          {"error", trouble_.empty() ? json::value() : json::value(trouble_)}};
}

// Every task, job, timer and subscription stands on a token that waits for it, every waiting step has its
// task or its job, and the events tell where the instance stands.
void StoryHouse::check_rows(std::vector<Row> const& all) {
  struct Standing {
    std::string table;
    std::int64_t token;
    std::string element;
  };
  for (auto const& row : all) {
    auto const definition = definition_of(row);
    std::vector<Standing> standing;
    for (std::string const table : {"process_task", "process_job", "process_timer", "process_subscription"})
      for (auto& [token, element] : store_.read([&](store::Reader& reader) {
             return reader.rows<std::int64_t, std::string>(
                 // sql: the names of four tables of ours
                 "select token, element from " + table + " where instance = :instance" +
                     (table == "process_task" ? " and state = 'open'" : ""),
                 row.id);
           }))
        standing.push_back({table, token, std::move(element)});
    for (auto const& one : standing) {
      INFO(one.table << " " << one.element << " of token " << one.token);
      auto const* token = row.instance.find(static_cast<TokenId>(one.token));
      bool const process_wide = one.token == 0 && !row.over;
      CHECK((process_wide || token != nullptr));
      if (token == nullptr || (one.table != "process_task" && one.table != "process_job")) continue;
      CHECK(definition->nodes[token->node].id == one.element);
      CHECK(token->state == Token::State::waiting);
    }
    for (auto const& token : row.instance.tokens) {
      auto const& node = definition->nodes[token.node];
      bool const works = node.task() && node.element != Element::receive_task;
      if (token.state != Token::State::waiting || !works) continue;
      INFO("a step that waits: " << node.id);
      CHECK(std::any_of(standing.begin(), standing.end(), [&](Standing const& one) {
        return one.token == token.id && one.table == (node.person() ? "process_task" : "process_job");
      }));
    }
    auto const rebuilt =
        store_.read([&](store::Reader& reader) { return processes_.rebuild(reader, row.id); });
    REQUIRE_MESSAGE(rebuilt.has_value(), rebuilt.error().english());
    CHECK(parse_json(rebuilt->state).value() == parse_json(save(*definition, row.instance)).value());
    CHECK(rebuilt->variables == row.variables);
  }
}

std::vector<Task> StoryHouse::open_rows() {
  std::vector<Task> all;
  for (auto const& row : rows())
    for (auto& task : store_.read([&](store::Reader& reader) { return tasks_of(reader, row.record, true); }))
      if (task.instance == row.id) all.push_back(std::move(task));
  std::stable_sort(all.begin(), all.end(), [](Task const& a, Task const& b) {
    return std::tie(a.instance, a.token, a.seat) < std::tie(b.instance, b.token, b.seat);
  });
  return all;
}

std::vector<StoryTask> StoryHouse::tasks() {
  std::vector<StoryTask> all;
  for (auto const& task : open_rows()) all.push_back({task.element, task.assignee.value_or(""), task.role});
  return all;
}

// `copies bob a`, `reminded a`, `overdue a`.
bool StoryHouse::check(std::string const& line) {
  auto const words = split_words(line, ' ');
  if (words.front() == "reminded" || words.front() == "overdue") {
    CHECK(std::count(reminded_.begin(), reminded_.end(), line) == 1);
    return true;
  }
  if (words.front() != "copies") return false;
  auto const shown = store_.read([&](store::Reader& reader) {
    return reader.one<std::int64_t>(
        "select count(*) from process_copy where person = :person and element = :element",
        std::string(words.at(1).as_string()), std::string(words.at(2).as_string()));
  });
  CHECK(shown == 1);
  return true;
}

}  // namespace yunzhi::process
