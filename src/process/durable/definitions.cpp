#include "process/durable/definitions.hpp"

#include <algorithm>
#include <stdexcept>

#include "base/digest.hpp"
#include "base/id.hpp"
#include "process/durable/kept.hpp"
#include "process/durable/timed_starts.hpp"
#include "process/model/model.hpp"

namespace yunzhi::process {
namespace {

// sql: the list of columns is ours; keys and ids are bound.
constexpr std::string_view columns =
    "id, key, version, name, record_kind, file, deployed_at, active, tag, published_by, reason";

// sql: the conditions are literals of this file; values are bound.
template <class... A>
std::vector<DefinitionRow> select(store::Reader& reader, std::string_view where, A const&... arguments) {
  using Text = std::string;
  using Maybe = std::optional<std::string>;
  auto const sql = "select " + std::string(columns) + " from process_definition where " + std::string(where);
  std::vector<DefinitionRow> all;
  for (auto& [id, key, version, name, record_kind, file, deployed_at, active, tag, by, reason] :
       reader.rows<Text, Text, std::int64_t, Text, Text, Text, Instant, bool, Maybe, Maybe, Maybe>(
           sql, arguments...))
    all.push_back({std::move(id), std::move(key), version, std::move(name), std::move(record_kind),
                   std::move(file), deployed_at, active, std::move(tag), std::move(by), std::move(reason)});
  return all;
}

std::optional<std::string> unless_empty(std::string const& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

}  // namespace

Result<DefinitionRow> Definitions::deploy(store::Edit& edit, std::string_view file, std::string_view xml,
                                          Publication const& publication) {
  auto const model = read_model(xml, Strictness::deploy);
  if (!model) return in_file(file, model.error());
  for (auto const& definition : model->processes)
    if (auto const fine = check_kept(definition); !fine) return in_file(file, fine.error());
  std::optional<DefinitionRow> first;
  for (auto const& definition : model->processes) {
    if (definition.record.empty())
      return refuse(Why::invalid, file, "'{}' does not say which kind of record it moves; add yunzhi:record",
                    definition.key);
    auto row = keep(edit, file, definition, xml, publication);
    if (!first) first = std::move(row);
  }
  return std::move(*first);
}

bool Definitions::unchanged(store::Reader& reader, std::string_view file, std::string_view xml) const {
  return reader.one<std::string>(
             "select digest from process_definition where file = :file and published_by is null "
             "order by deployed_at desc, version desc limit 1",
             file) == sha256_hex(xml);
}

DefinitionRow Definitions::keep(store::Edit& edit, std::string_view file, Definition const& definition,
                                std::string_view xml, Publication const& publication) {
  auto const digest = sha256_hex(xml);
  auto same = select(edit, "key = :key and active = 1 and digest = :digest", definition.key, digest);
  if (!same.empty()) return std::move(same.front());
  auto const last = edit.one<std::int64_t>(
      "select coalesce(max(version), 0) from process_definition where key = :key", definition.key);
  DefinitionRow row{new_id(edit.now()),
                    definition.key,
                    last.value_or(0) + 1,
                    definition.name,
                    definition.record,
                    std::string(file),
                    edit.now(),
                    true,
                    {},
                    unless_empty(publication.by),
                    unless_empty(publication.reason)};
  edit.run("update process_definition set active = 0 where key = :key and active = 1", row.key);
  edit.run(
      "insert into process_definition (id, key, version, name, record_kind, xml, digest, file, deployed_at, "
      "active, published_by, reason) values (:id, :key, :version, :name, :record_kind, :xml, :digest, :file, "
      ":deployed_at, 1, :published_by, :reason)",
      row.id, row.key, row.version, row.name, row.record_kind, definition.xml, digest, row.file,
      row.deployed_at, row.published_by, row.reason);
  replace_timed_starts(edit, definition, row.id);
  if (!definition.tag.empty()) {
    tag(edit, row.id, definition.tag).value();
    row.tag = definition.tag;
  }
  return row;
}

std::optional<DefinitionRow> Definitions::find(store::Reader& reader, std::string_view id) const {
  auto found = select(reader, "id = :id", id);
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::optional<std::string> Definitions::active(store::Reader& reader, std::string_view key) const {
  return reader.one<std::string>("select id from process_definition where key = :key and active = 1", key);
}

std::optional<std::string> Definitions::find(store::Reader& reader, std::string_view key,
                                             Which const& which) const {
  if (which.version)
    return reader.one<std::string>(
        "select id from process_definition where key = :key and version = :version", key, *which.version);
  if (which.tag.empty()) return active(reader, key);
  return reader.one<std::string>("select id from process_definition where key = :key and tag = :tag", key,
                                 which.tag);
}

Result<> Definitions::tag(store::Edit& edit, std::string_view id, std::string_view tag) {
  auto const key = edit.one<std::string>("select key from process_definition where id = :id", id);
  if (!key) return refuse(Why::missing, "", "there is no such version of a process");
  if (tag.empty()) return refuse(Why::invalid, "/tag", "must not be empty");
  edit.run("update process_definition set tag = null where key = :key and tag = :tag", *key, tag);
  edit.run("update process_definition set tag = :tag where id = :id", tag, id);
  return {};
}

Result<> Definitions::activate(store::Edit& edit, std::string_view id) {
  auto const key = edit.one<std::string>("select key from process_definition where id = :id", id);
  if (!key) return refuse(Why::missing, "", "there is no such version of a process");
  edit.run("update process_definition set active = 0 where key = :key and active = 1", *key);
  edit.run("update process_definition set active = 1 where id = :id", id);
  replace_timed_starts(edit, *get(edit, std::string(id)), id);
  return {};
}

std::vector<DefinitionRow> Definitions::list(store::Reader& reader, std::string_view key) const {
  return select(reader, "key = :key or :every = '' order by key, version desc", key, key);
}

std::shared_ptr<Definition const> Definitions::get(store::Reader& reader, std::string const& id) {
  {
    std::lock_guard const lock(mutex_);
    if (auto const found = compiled_.find(id); found != compiled_.end()) return found->second;
  }
  auto const row =
      reader.row<std::string, std::string>("select xml, key from process_definition where id = :id", id);
  if (!row) throw std::logic_error("no process definition has the id " + id);
  auto model = read_model(std::get<0>(*row), Strictness::deploy);
  if (!model) throw std::logic_error("a deployed process no longer reads: " + model.error().english());
  auto const own = std::find_if(model->processes.begin(), model->processes.end(),
                                [&](Definition const& one) { return one.key == std::get<1>(*row); });
  if (own == model->processes.end())
    throw std::logic_error("a deployed file no longer holds " + std::get<1>(*row));
  auto compiled = std::make_shared<Definition const>(std::move(*own));
  std::lock_guard const lock(mutex_);
  return compiled_.emplace(id, std::move(compiled)).first->second;
}

}  // namespace yunzhi::process
