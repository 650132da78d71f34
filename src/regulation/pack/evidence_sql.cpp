// A pack's author writes SQL, and it must not be able to read more than the evidence views. The queries run
// on read-only connections with a time limit; this check keeps them to the views.
#include <algorithm>
#include <cctype>
#include <initializer_list>
#include <set>

#include "regulation/pack/reader.hpp"

namespace yunzhi::regulation {
namespace {

// Words and single symbols in lower case; text literals become one token "'". A literal that does not end, or
// that PostgreSQL might end elsewhere for a backslash, becomes a semicolon, which no query may hold.
std::vector<std::string> tokens_of(std::string_view sql) {
  std::vector<std::string> tokens;
  for (std::size_t i = 0; i < sql.size();) {
    auto const byte = static_cast<unsigned char>(sql[i]);
    if (std::isspace(byte) != 0) {
      ++i;
    } else if (sql[i] == '\'') {
      auto const end = sql.find('\'', i + 1);
      bool const plain =
          end != std::string_view::npos && sql.substr(i, end - i).find('\\') == std::string_view::npos;
      tokens.emplace_back(plain ? "'" : ";");
      i = end == std::string_view::npos ? sql.size() : end + 1;
    } else if (std::isalpha(byte) != 0 || sql[i] == '_') {
      std::string word;
      while (i < sql.size() && (std::isalnum(static_cast<unsigned char>(sql[i])) != 0 || sql[i] == '_'))
        word += static_cast<char>(std::tolower(static_cast<unsigned char>(sql[i++])));
      tokens.push_back(std::move(word));
    } else {
      tokens.emplace_back(1, sql[i++]);
    }
  }
  return tokens;
}

bool among(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_word(std::string const& token) {
  return std::isalpha(static_cast<unsigned char>(token.front())) != 0 || token.front() == '_';
}

// Every word that may stand before a bracket: the grammar's own, and functions that only compute.
bool may_open(std::string const& word) {
  return among(word, {"as",   "in",    "and",   "or",     "not",      "exists", "on",     "when",
                      "then", "else",  "where", "having", "select",   "by",     "over",   "between",
                      "from", "join",  "union", "all",    "except",   "values", "count",  "sum",
                      "min",  "max",   "avg",   "total",  "coalesce", "nullif", "abs",    "round",
                      "cast", "lower", "upper", "length", "trim",     "substr", "replace"});
}

// Walks one query token by token. What it lets through reads evidence views and the query's own names, for
// every way either database knows to name a table: from, join, commas, brackets, `table x`, `x in y`.
class Walk {
 public:
  explicit Walk(std::vector<std::string> tokens) : tokens_(std::move(tokens)) { tokens_.emplace_back(";"); }

  Result<> run() {
    if (!among(tokens_.front(), {"select", "with"}))
      return refuse(Why::invalid, "", "a control's query is one select");
    brackets_.push_back({});
    for (at_ = 0; at_ + 1 < tokens_.size(); ++at_) {
      auto const stepped = step(tokens_[at_], tokens_[at_ + 1]);
      if (stepped.has_error()) return stepped.error();
    }
    return {};
  }

 private:
  struct Bracket {
    bool in_from = false;
    std::string names;  ///< what the bracket's content is called once it closes
  };

  Result<> step(std::string const& token, std::string const& next) {
    bool const comment = (token == "-" && next == "-") || (token == "/" && next == "*");
    if (comment || among(token, {";", "\"", "`", "[", "\\", "$"}))
      return refuse(Why::invalid, "", "a control's query has no comments, quoted names or second statement");
    if (source_ && token != "(") {
      source_ = false;
      // A bracket in the place of a table holds a query, or tables again.
      if (token == "select" && tokens_[at_ - 1] == "(") {
        brackets_.back().in_from = false;
        return {};
      }
      if (next != "(" && next != "." && (token.starts_with("evidence_") || named_.contains(token))) return {};
      return refuse(Why::invalid, "", "'{}' is not an evidence view", token);
    }
    if (token == "(") return open();
    if (token == ")") return close();
    return word(token, next);
  }

  Result<> open() {
    bool const defines = at_ >= 2 && tokens_[at_ - 1] == "as" && defining_ && brackets_.size() == 1;
    auto const& before = at_ == 0 ? tokens_.front() : tokens_[at_ - 1];
    if (!source_ && is_word(before) && !may_open(before) && !defines)
      return refuse(Why::invalid, "", "'{}' cannot be called in a control's query", before);
    brackets_.push_back({source_, defines ? tokens_[at_ - 2] : std::string()});
    if (defines && tokens_[at_ + 1] != "select")
      return refuse(Why::invalid, "", "a control's query is one select");
    return {};
  }

  Result<> close() {
    if (brackets_.size() == 1) return refuse(Why::invalid, "", "a control's query is one select");
    if (!brackets_.back().names.empty()) named_.insert(brackets_.back().names);
    brackets_.pop_back();
    return {};
  }

  Result<> word(std::string const& token, std::string const& next) {
    if (among(token, {"table", "into", "insert", "update", "delete", "lateral", "window", "recursive"}) ||
        (token == "with" && at_ != 0) || (token == "in" && next != "("))
      return refuse(Why::invalid, "", "'{}' cannot stand in a control's query", token);
    auto& in_from = brackets_.back().in_from;
    if (token == "with") defining_ = true;
    if (token == "select" && brackets_.size() == 1) defining_ = false;
    if (token == "from" || token == "join" || (in_from && token == ",")) {
      in_from = source_ = true;
    } else if (among(token, {"where", "select", "group", "order", "having", "limit", "union", "except",
                             "intersect"})) {
      in_from = false;
    }
    return {};
  }

  std::vector<std::string> tokens_;
  std::size_t at_ = 0;
  std::vector<Bracket> brackets_;
  std::set<std::string> named_;
  bool source_ = false;    ///< a table's name comes next
  bool defining_ = false;  ///< between `with` and its select
};

}  // namespace

Result<> check_evidence_sql(std::string_view sql) {
  auto tokens = tokens_of(sql);
  if (tokens.empty()) return refuse(Why::invalid, "", "a control's query is one select");
  return Walk(std::move(tokens)).run();
}

}  // namespace yunzhi::regulation
