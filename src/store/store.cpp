#include "store/store.hpp"

#include <future>

#include "store/connection.hpp"

namespace yunzhi::store {
namespace detail {

Value to_value(std::nullptr_t) {
  return nullptr;
}
Value to_value(bool value) {
  return std::int64_t{value ? 1 : 0};
}
Value to_value(std::int64_t value) {
  return value;
}
Value to_value(int value) {
  return std::int64_t{value};
}
Value to_value(double value) {
  return value;
}
Value to_value(std::string_view value) {
  return std::string(value);
}
Value to_value(char const* value) {
  return std::string(value);
}
Value to_value(std::string const& value) {
  return value;
}
Value to_value(Instant value) {
  return to_ms(value);
}

namespace {
template <class T>
T& held(Value& value) {
  if (auto* found = std::get_if<T>(&value)) return *found;
  throw std::logic_error("a column is null or of another type than it is read as");
}
}  // namespace

std::string Column<std::string>::take(Value& value) {
  return std::move(held<std::string>(value));
}
std::int64_t Column<std::int64_t>::take(Value& value) {
  return held<std::int64_t>(value);
}
bool Column<bool>::take(Value& value) {
  return held<std::int64_t>(value) != 0;
}
double Column<double>::take(Value& value) {
  return held<double>(value);
}
Instant Column<Instant>::take(Value& value) {
  return from_ms(held<std::int64_t>(value));
}

}  // namespace detail

std::vector<Values> Reader::select(std::string_view sql, std::span<Storage const> columns,
                                   Values const& arguments) {
  return connection_->select(sql, columns, arguments);
}

Dialect Reader::dialect() const {
  return connection_->dialect();
}

void Reader::limit(Milliseconds most) {
  connection_->limit(most);
}

std::int64_t Edit::execute(std::string_view sql, Values const& arguments) {
  return connection_->execute(sql, arguments);
}

void Edit::record(Entry entry) {
  if (entry_)
    throw std::logic_error("a command has one ledger entry, this one wants a second: " + entry.action);
  entry_ = std::move(entry);
}

void Edit::after_commit(std::function<void()> act) {
  after_commit_.push_back(std::move(act));
}

void Store::run(std::function<bool(Edit&)> act) {
  std::promise<void> ended;
  submit(std::move(act), [&](std::exception_ptr const& thrown) {
    if (thrown)
      ended.set_exception(thrown);
    else
      ended.set_value();
  });
  ended.get_future().get();
}

}  // namespace yunzhi::store
