#include "store/connection.hpp"

#include <algorithm>
#include <deque>

#include <soci/soci.h>

namespace yunzhi::store {
namespace {

// Statements differ by text only, so their number is the number of statements in the source; the bound is
// a guard against text that carries values.
constexpr std::size_t statements_kept = 2000;

// A place SOCI reads an argument from or writes a column to. The type is fixed when it is bound.
struct Slot {
  Storage type = Storage::text;
  std::string text;
  long long integer = 0;
  double real = 0;
  soci::indicator indicator = soci::i_null;

  void set(Value const& value) {
    indicator = std::holds_alternative<std::nullptr_t>(value) ? soci::i_null : soci::i_ok;
    if (auto const* found = std::get_if<std::string>(&value))
      text = *found;
    else if (auto const* whole = std::get_if<std::int64_t>(&value))
      integer = *whole;
    else if (auto const* number = std::get_if<double>(&value))
      real = *number;
  }

  [[nodiscard]] Value get() const {
    if (indicator == soci::i_null) return nullptr;
    if (type == Storage::text) return text;
    if (type == Storage::integer) return std::int64_t{integer};
    return real;
  }
};

bool fits(Slot const& slot, Value const& value) {
  switch (value.index()) {
    case 1:
      return slot.type == Storage::integer;
    case 2:
      return slot.type == Storage::real;
    case 3:
      return slot.type == Storage::text;
    default:
      return true;
  }
}

Storage type_of(Value const& value, Storage otherwise) {
  switch (value.index()) {
    case 1:
      return Storage::integer;
    case 2:
      return Storage::real;
    case 3:
      return Storage::text;
    default:
      return otherwise;
  }
}

}  // namespace

struct Connection::Prepared {
  explicit Prepared(soci::session& session) : statement(session) {}
  std::deque<Slot> arguments;
  std::deque<Slot> columns;
  soci::statement statement;
};

Connection::Connection(DialectRules const& rules, bool writes)
    : rules_(&rules), writes_(writes), session_(rules.open(writes)) {}

Connection::~Connection() = default;

void Connection::reopen() {
  statements_.clear();
  session_.reset();
  session_ = rules_->open(writes_);
}

Connection::Prepared& Connection::prepared(std::string_view sql, std::span<Storage const> columns,
                                           Values const& arguments) {
  auto found = statements_.find(sql);
  if (found != statements_.end()) {
    auto& slots = found->second->arguments;
    if (slots.size() != arguments.size())
      throw std::logic_error("wrong number of arguments: " + std::string(sql));
    if (std::equal(slots.begin(), slots.end(), arguments.begin(), fits)) return *found->second;
  }
  // A null tells no type: it is bound as what the slot was before, so that a statement settles on one form.
  auto made = std::make_unique<Prepared>(*session_);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    auto const before = found == statements_.end() ? Storage::text : found->second->arguments[i].type;
    made->arguments.push_back({type_of(arguments[i], before), {}, 0, 0, soci::i_null});
  }
  for (auto const column : columns) made->columns.push_back({column, {}, 0, 0, soci::i_null});
  for (auto& slot : made->arguments) {
    if (slot.type == Storage::text)
      made->statement.exchange(soci::use(slot.text, slot.indicator));
    else if (slot.type == Storage::integer)
      made->statement.exchange(soci::use(slot.integer, slot.indicator));
    else
      made->statement.exchange(soci::use(slot.real, slot.indicator));
  }
  for (auto& slot : made->columns) {
    if (slot.type == Storage::text)
      made->statement.exchange(soci::into(slot.text, slot.indicator));
    else if (slot.type == Storage::integer)
      made->statement.exchange(soci::into(slot.integer, slot.indicator));
    else
      made->statement.exchange(soci::into(slot.real, slot.indicator));
  }
  made->statement.alloc();
  made->statement.prepare(std::string(sql));
  made->statement.define_and_bind();
  if (statements_.size() >= statements_kept) statements_.clear();
  auto& kept = statements_[std::string(sql)];
  kept = std::move(made);
  return *kept;
}

std::vector<Values> Connection::select(std::string_view sql, std::span<Storage const> columns,
                                       Values const& arguments) {
  try {
    auto& ready = prepared(sql, columns, arguments);
    for (std::size_t i = 0; i < arguments.size(); ++i) ready.arguments[i].set(arguments[i]);
    std::vector<Values> rows;
    ready.statement.execute(false);
    while (ready.statement.fetch()) {
      auto& row = rows.emplace_back();
      row.reserve(columns.size());
      for (auto const& slot : ready.columns) row.push_back(slot.get());
    }
    return rows;
  } catch (soci::soci_error const& thrown) {
    give_up(sql, rules_->translate(*session_, thrown));
  }
}

std::int64_t Connection::execute(std::string_view sql, Values const& arguments) {
  try {
    auto& ready = prepared(sql, {}, arguments);
    for (std::size_t i = 0; i < arguments.size(); ++i) ready.arguments[i].set(arguments[i]);
    ready.statement.execute(true);
    return ready.statement.get_affected_rows();
  } catch (soci::soci_error const& thrown) {
    give_up(sql, rules_->translate(*session_, thrown));
  }
}

// SOCI frees the arguments of a statement that failed only when the statement itself goes.
void Connection::give_up(std::string_view sql, std::exception_ptr const& thrown) {
  if (auto const found = statements_.find(sql); found != statements_.end()) statements_.erase(found);
  std::rethrow_exception(thrown);
}

void Connection::run(std::string_view sql) {
  try {
    session_->once << std::string(sql);
  } catch (soci::soci_error const& thrown) {
    std::rethrow_exception(rules_->translate(*session_, thrown));
  }
}

void Connection::limit(Milliseconds most) {
  if (most.count() == 0 && deadline_ == Deadline{}) return;
  deadline_ = most.count() == 0 ? Deadline{} : std::chrono::steady_clock::now() + most;
  rules_->limit(*session_, &deadline_);
}

void Connection::begin() {
  execute(rules_->begin(writes_), {});
}

void Connection::commit() {
  execute("commit", {});
}

}  // namespace yunzhi::store
