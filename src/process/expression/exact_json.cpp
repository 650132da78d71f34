#include "process/expression/exact_json.hpp"

#include <map>

#include <boost/json/basic_parser_impl.hpp>

#include "base/limits.hpp"
#include "base/text/utf8.hpp"

namespace yunzhi::process {
namespace {

// What Boost's parser tells of a document, in order, becomes values; numbers are taken as they are written.
class Builder {
 public:
  static constexpr std::size_t max_array_size = SIZE_MAX;
  static constexpr std::size_t max_object_size = SIZE_MAX;
  static constexpr std::size_t max_string_size = SIZE_MAX;
  static constexpr std::size_t max_key_size = SIZE_MAX;

  using Error = boost::system::error_code&;
  using Piece = json::string_view;

  bool on_document_begin(Error) { return true; }
  bool on_document_end(Error) { return true; }
  bool on_object_begin(Error) { return open(true); }
  bool on_object_end(std::size_t, Error) { return close(); }
  bool on_array_begin(Error) { return open(false); }
  bool on_array_end(std::size_t, Error) { return close(); }
  bool on_key_part(Piece part, std::size_t, Error) { return more(part); }
  bool on_key(Piece part, std::size_t, Error) {
    more(part);
    levels_.back().name = std::exchange(text_, {});
    return true;
  }
  bool on_string_part(Piece part, std::size_t, Error) { return more(part); }
  bool on_string(Piece part, std::size_t, Error) {
    more(part);
    return add(Value(std::exchange(text_, {})));
  }
  bool on_number_part(Piece part, Error) { return more(part); }
  bool on_int64(std::int64_t, Piece part, Error) { return number(part); }
  bool on_uint64(std::uint64_t, Piece part, Error) { return number(part); }
  bool on_double(double, Piece part, Error) { return number(part); }
  bool on_bool(bool flag, Error) { return add(flag); }
  bool on_null(Error) { return add({}); }
  bool on_comment_part(Piece, Error) { return true; }
  bool on_comment(Piece, Error) { return true; }

  [[nodiscard]] Value root() const { return root_; }

 private:
  struct Level {
    bool object = false;
    std::vector<Value> items;
    std::vector<ContextEntry> entries;
    std::string name;  // of the entry that is read
    std::map<std::string, std::size_t, std::less<>> places;
  };

  bool more(Piece part) {
    text_.append(part.data(), part.size());
    return true;
  }
  bool open(bool object) {
    levels_.emplace_back().object = object;
    return true;
  }
  bool close() {
    auto level = std::move(levels_.back());
    levels_.pop_back();
    return add(level.object ? make_context(std::move(level.entries)) : make_list(std::move(level.items)));
  }
  bool number(Piece part) {
    more(part);
    return add(Decimal::parse(std::exchange(text_, {})));
  }
  bool add(Value value) {
    if (levels_.empty()) {
      root_ = std::move(value);
      return true;
    }
    auto& level = levels_.back();
    if (!level.object) {
      level.items.push_back(std::move(value));
      return true;
    }
    auto const [place, fresh] = level.places.emplace(level.name, level.entries.size());
    if (fresh) {
      level.entries.push_back({std::make_shared<std::string const>(level.name), std::move(value)});
    } else {
      level.entries[place->second].value = std::move(value);
    }
    return true;
  }

  std::vector<Level> levels_;
  std::string text_;
  Value root_;
};

void write_text(std::string_view text, std::string& out) {
  out += '"';
  for (char const c : text) {
    constexpr std::string_view hexadecimal = "0123456789abcdef";
    constexpr std::string_view named = "\"\\\n\r\t";
    constexpr std::string_view names = "\"\\nrt";
    if (auto const at = named.find(c); at != named.npos) {
      out += '\\';
      out += names[at];
    } else if (static_cast<unsigned char>(c) < 0x20U) {
      out += "\\u00";
      out += hexadecimal[static_cast<unsigned char>(c) >> 4U];
      out += hexadecimal[static_cast<unsigned char>(c) & 0xFU];
    } else {
      out += c;
    }
  }
  out += '"';
}

void write(Value const& value, std::string& out) {
  bool const plain = value.null() || value.kind() == Kind::boolean || value.kind() == Kind::number;
  char separator = '\0';
  auto const separate = [&](char opening) { out += std::exchange(separator, ',') == '\0' ? opening : ','; };
  if (auto const* items = value.items()) {
    for (auto const& item : *items) {
      separate('[');
      write(item, out);
    }
    out += items->empty() ? "[]" : "]";
  } else if (auto const* context = value.entries()) {
    for (auto const& entry : context->entries) {
      separate('{');
      write_text(*entry.name, out);
      out += ':';
      write(entry.value, out);
    }
    out += context->entries.empty() ? "{}" : "}";
  } else if (plain) {
    out += value.text();
  } else {
    write_text(value.text(), out);
  }
}

}  // namespace

Result<Value> parse_exact_json(std::string_view text) {
  if (text.size() > limits::expression_json_bytes)
    return refuse(Why::too_large, "", "JSON may be at most {} bytes", limits::expression_json_bytes);
  if (!valid_utf8(text)) return refuse(Why::invalid, "", "the text is not valid UTF-8");
  json::parse_options options;
  options.max_depth = limits::expression_value_depth - 1;
  json::basic_parser<Builder> parser(options);
  boost::system::error_code error;
  auto const read = parser.write_some(false, text.data(), text.size(), error);
  if (error == json::error::too_deep)
    return refuse(Why::invalid, "", "JSON may be nested at most {} levels deep", options.max_depth);
  if (!error && text.find_first_not_of(" \t\r\n", read) != text.npos) error = json::error::extra_data;
  if (!error && !parser.done()) error = json::error::incomplete;
  if (error) return refuse(Why::invalid, "", "the text is not valid JSON: {}", error.message());
  return parser.handler().root();
}

std::string exact_json(Value const& value) {
  std::string out;
  write(value, out);
  return out;
}

}  // namespace yunzhi::process
