// A pack's author writes SQL, and it must not be able to read more than the evidence views. The queries run
// on read-only connections with a time limit; this check keeps them to the views.
#include <cctype>
#include <set>

#include "regulation/pack/reader.hpp"

namespace yunzhi::regulation {
namespace {

// Words and single symbols in lower case; text literals become one token "'".
std::vector<std::string> tokens_of(std::string_view sql) {
  std::vector<std::string> tokens;
  for (std::size_t i = 0; i < sql.size();) {
    auto const byte = static_cast<unsigned char>(sql[i]);
    if (std::isspace(byte) != 0) {
      ++i;
    } else if (sql[i] == '\'') {
      auto const end = sql.find('\'', i + 1);
      tokens.emplace_back("'");
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

}  // namespace

Result<> check_evidence_sql(std::string_view sql) {
  auto const tokens = tokens_of(sql);
  if (tokens.empty() || (tokens.front() != "select" && tokens.front() != "with"))
    return refuse(Why::invalid, "", "a control's query is one select");
  std::set<std::string> named;
  for (std::size_t i = 0; i + 2 < tokens.size(); ++i)
    if (tokens[i + 1] == "as" && tokens[i + 2] == "(") named.insert(tokens[i]);
  bool in_from = false;
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    auto const& token = tokens[i];
    bool const comment = (token == "-" && tokens[i + 1] == "-") || (token == "/" && tokens[i + 1] == "*");
    if (comment || token == ";" || token == "\"" || token == "`" || token == "[")
      return refuse(Why::invalid, "", "a control's query has no comments, quoted names or second statement");
    if (token == "from") in_from = true;
    if (token == "where" || token == "select" || token == "group" || token == "order" || token == "on")
      in_from = false;
    bool const source = token == "from" || token == "join" || (in_from && token == ",");
    auto const& next = tokens[i + 1];
    if (!source || next == "(" || next.starts_with("evidence_") || named.contains(next)) continue;
    return refuse(Why::invalid, "", "'{}' is not an evidence view", next);
  }
  return {};
}

}  // namespace yunzhi::regulation
