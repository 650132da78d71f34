#include "process/durable/decisions.hpp"

#include <algorithm>
#include <stdexcept>

#include "base/digest.hpp"
#include "base/id.hpp"
#include "process/model/xml_encoding.hpp"

namespace yunzhi::process {

Result<Decisions::Row> Decisions::deploy(store::Edit& edit, std::string_view file, std::string_view xml) {
  auto const model = DecisionModel::read(xml);
  if (!model) return in_file(file, model.error());
  auto const base = file.substr(file.rfind('/') + 1);
  auto const key = std::string(base.substr(0, base.rfind('.')));
  auto const digest = sha256_hex(xml);
  if (auto latest = edit.row<std::string, std::int64_t, std::string>(
          "select id, version, digest from process_decision where key = :key and active = 1", key);
      latest && std::get<2>(*latest) == digest)
    return Row{std::get<0>(*latest), key, std::get<1>(*latest)};
  auto const last =
      edit.one<std::int64_t>("select coalesce(max(version), 0) from process_decision where key = :key", key);
  Row row{new_id(edit.now()), key, last.value_or(0) + 1};
  auto const names = model->decisions();
  edit.run("update process_decision set active = 0 where key = :key and active = 1", key);
  edit.run(
      "insert into process_decision (id, key, version, name, xml, digest, file, deployed_at, active) values "
      "(:id, :key, :version, :name, :xml, :digest, :file, :deployed_at, 1)",
      row.id, key, row.version, names.empty() ? key : names.front(), in_utf8(xml).value(), digest, file,
      edit.now());
  return row;
}

Result<json::value> Decisions::decide(store::Reader& reader, std::string_view decision,
                                      json::object const& variables, Moment const& moment) {
  for (auto const& [id] :
       reader.rows<std::string>("select id from process_decision where active = 1 order by key")) {
    auto answer = get(reader, id)->decide(decision, variables, moment);
    if (answer || answer.error().why != Why::missing) return answer;
  }
  return refuse(Why::missing, "", "no decision '{}' is deployed", decision);
}

std::shared_ptr<DecisionModel const> Decisions::get(store::Reader& reader, std::string const& id) {
  {
    std::lock_guard const lock(mutex_);
    if (auto const found = read_.find(id); found != read_.end()) return found->second;
  }
  auto const xml = reader.one<std::string>("select xml from process_decision where id = :id", id);
  auto model = DecisionModel::read(xml.value());
  if (!model) throw std::logic_error("a deployed decision model no longer reads: " + model.error().english());
  auto kept = std::make_shared<DecisionModel const>(std::move(*model));
  std::lock_guard const lock(mutex_);
  return read_.emplace(id, std::move(kept)).first->second;
}

}  // namespace yunzhi::process
