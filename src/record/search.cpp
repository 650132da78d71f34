#include "record/search.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "record/list.hpp"
#include "record/rows.hpp"

namespace yunzhi::record {
namespace {

constexpr std::size_t words_per_query = 12;
constexpr std::size_t indexed_bytes = 600'000;

std::size_t length_at(std::string_view text, std::size_t at) {
  auto const first = static_cast<unsigned char>(text[at]);
  std::size_t const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  return std::min(length, text.size() - at);
}

bool is_word_byte(char byte) {
  return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

// Punctuation of the CJK blocks separates words as a space does.
bool separates(std::string_view character) {
  return character.size() == 1 || character.starts_with("\xe3\x80") || character.starts_with("\xef\xbc") ||
         character.starts_with("\xef\xbd") || character.starts_with("\xe2\x80");
}

// Words are written as hexadecimal tokens, so that no tokenizer of either database cuts them again.
std::string token(std::string_view word) {
  if (static_cast<unsigned char>(word.front()) < 0x80) return std::string(word);
  constexpr char digits[] = "0123456789abcdef";
  std::string text = "x";
  for (auto const byte : word) {
    text += digits[static_cast<unsigned char>(byte) >> 4];
    text += digits[static_cast<unsigned char>(byte) & 0xf];
  }
  return text;
}

std::string joined(std::vector<std::string> const& words, std::string_view separator) {
  std::string text;
  for (auto const& word : words) {
    if (!text.empty()) text += separator;
    text += word;
  }
  return text;
}

// Latin words are found by their beginning, and so is a single character: pairs begin with it. A pair is
// found as it is.
bool is_beginning(std::string_view word) {
  bool const hexadecimal = word.size() >= 5 && word.front() == 'x' && word[1] >= 'c' && word[1] <= 'f' &&
                           word.substr(1).find_first_not_of("0123456789abcdef") == std::string_view::npos;
  if (!hexadecimal) return true;
  std::size_t const bytes = word[1] == 'f' ? 4 : word[1] == 'e' ? 3 : 2;
  return word.size() == 1 + 2 * bytes;
}

std::string match_of(store::Dialect dialect, std::string_view text) {
  auto words = search_words(text);
  if (words.size() > words_per_query) words.resize(words_per_query);
  for (auto& word : words) {
    bool const open = is_beginning(word);
    if (dialect == store::Dialect::sqlite)
      word = open ? word + "*" : "\"" + word + "\"";
    else
      word = "'" + word + "'" + (open ? ":*" : "");
  }
  return joined(words, dialect == store::Dialect::sqlite ? " AND " : " & ");
}

// With `ends` the last character of each run stands alone as well: no pair begins with it.
std::vector<std::string> cut(std::string_view text, bool ends) {
  std::vector<std::string> words;
  std::string latin;
  std::string_view before;
  bool pair_made = false;
  auto const end_latin = [&] {
    if (!latin.empty()) words.push_back(std::move(latin));
    latin.clear();
  };
  auto const end_run = [&] {
    if (!before.empty() && (ends || !pair_made)) words.push_back(token(before));
    before = {};
    pair_made = false;
  };
  for (std::size_t at = 0; at < text.size();) {
    auto const length = length_at(text, at);
    auto const character = text.substr(at, length);
    at += length;
    if (is_word_byte(character.front())) {
      end_run();
      latin += static_cast<char>(std::tolower(static_cast<unsigned char>(character.front())));
      continue;
    }
    end_latin();
    if (separates(character)) {
      end_run();
      continue;
    }
    if (!before.empty()) {
      words.push_back(token(std::string(before) + std::string(character)));
      pair_made = true;
    }
    before = character;
  }
  end_latin();
  end_run();
  return words;
}

// What a record is found by: each word once, within what one tsvector holds (1 MB).
std::string indexed_words(std::string_view text) {
  std::set<std::string> seen;
  std::string all;
  for (auto& word : cut(text, true)) {
    if (all.size() + word.size() > indexed_bytes) break;
    if (!seen.insert(word).second) continue;
    if (!all.empty()) all += ' ';
    all += word;
  }
  return all;
}

struct Changed {
  Module const* module;
  std::string id;
};

using ChangedRecords = std::map<std::string, Changed>;

void add_unseen(store::Store& store, Module const& module, ChangedRecords& changed) {
  // sql: the table is a module's own word.
  auto const unseen = store.read([&](store::Reader& reader) {
    return reader.rows<std::string>("select id from " + module.kind +
                                    " where id not in (select record from search_entry)");
  });
  for (auto const& [id] : unseen) changed[module.kind + "/" + id] = {&module, id};
}

void index_one(store::Edit& edit, Changed const& changed) {
  auto const& module = *changed.module;
  auto const record = fetch(edit, module.kind, module.fields, changed.id);
  if (record.empty()) return;
  std::string text = text_of(record, "number");
  for (auto const& field : module.searched) text += "\n" + text_of(record, field);
  auto const words = indexed_words(text);
  auto const title = text_of(record, module.title);
  auto const number = text_of(record, "number");
  edit.run(
      "insert into search_entry (kind, record, number, title) values (:kind, :record, :number, :title) "
      "on conflict (record) do update set number = excluded.number, title = excluded.title",
      module.kind, changed.id, number, title);
  if (edit.dialect() == store::Dialect::postgresql) {
    edit.run("update search_entry set words = to_tsvector('simple', :words) where record = :record", words,
             changed.id);
    return;
  }
  auto const row = *edit.one<std::int64_t>("select id from search_entry where record = :record", changed.id);
  edit.run("delete from search_text where rowid = :id", row);
  edit.run("insert into search_text (rowid, words) values (:id, :words)", row, words);
}

// A part of them in one command: after an import, nobody's report shall wait for thousands.
ChangedRecords::const_iterator index_some(store::Store& store, ChangedRecords::const_iterator next,
                                          ChangedRecords::const_iterator end) {
  constexpr int at_once = 50;
  (void)store.write([&](store::Edit& edit) -> Result<> {
    for (int i = 0; i < at_once && next != end; ++i, ++next) index_one(edit, next->second);
    return {};
  });
  return next;
}

}  // namespace

std::vector<std::string> search_words(std::string_view text) {
  return cut(text, false);
}

std::string search_condition(store::Dialect dialect, std::string_view kind, std::string_view text,
                             store::Values& arguments) {
  auto const match = match_of(dialect, text);
  if (match.empty()) return "1 = 0";
  auto const place = std::to_string(arguments.size());
  arguments.emplace_back(std::string(kind));
  arguments.emplace_back(match);
  std::string const words =
      dialect == store::Dialect::sqlite
          ? "id in (select rowid from search_text where search_text match :match" + place + ")"
          : "words @@ to_tsquery('simple', :match" + place + ")";
  return "id in (select record from search_entry where kind = :kind" + place + " and " + words + ")";
}

std::size_t index_changes(store::Store& store, Modules const& modules, std::size_t most) {
  auto const entries = store.read([&](store::Reader& reader) {
    auto const seen =
        reader.one<std::int64_t>("select seq from search_progress where name = 'ledger'").value_or(0);
    return reader.rows<std::int64_t, std::string>(
        "select seq, subject from ledger where seq > :seq order by seq limit :most", seen,
        static_cast<std::int64_t>(most));
  });
  if (entries.empty()) return 0;
  ChangedRecords changed;
  for (auto const& [seq, subject] : entries) {
    auto const slash = subject.find('/');
    // An import is one entry for many records, with the family as its subject.
    if (auto const* family = modules.find(subject); family != nullptr) add_unseen(store, *family, changed);
    // The first run and a new account bring people and units along.
    if (subject.starts_with("organisation/") || subject.starts_with("account/"))
      for (auto const* kind : {"person", "unit"})
        if (auto const* family = modules.find(kind); family != nullptr) add_unseen(store, *family, changed);
    auto const* module = slash == std::string::npos ? nullptr : modules.find(subject.substr(0, slash));
    if (module != nullptr) changed[subject] = {module, subject.substr(slash + 1)};
  }
  for (auto next = changed.cbegin(); next != changed.cend();) next = index_some(store, next, changed.cend());
  auto const last = std::get<0>(entries.back());
  auto const done = store.write([&](store::Edit& edit) -> Result<> {
    edit.run(
        "insert into search_progress (name, seq) values ('ledger', :seq) "
        "on conflict (name) do update set seq = excluded.seq",
        last);
    return {};
  });
  return done.has_value() ? entries.size() : 0;
}

std::vector<Found> search(store::Reader& reader, Modules const& modules, access::Actor const& actor,
                          std::string_view text, std::size_t limit) {
  std::vector<Found> found;
  for (auto const& module : modules.all()) {
    auto condition = visible(module, actor, "read");
    if (condition.sql == "1 = 0" || found.size() >= limit) continue;
    condition.sql += " and " + search_condition(reader.dialect(), module.kind, text, condition.arguments);
    describe::Fields const fields = {*describe::find(module.fields, "id"),
                                     *describe::find(module.fields, "number"),
                                     *describe::find(module.fields, module.title)};
    // sql: the names are a module's own words, never a person's; the text is bound.
    for (auto const& row :
         reader.select("select " + names_of(fields) + " from " + module.kind + " where " + condition.sql +
                           " order by id desc limit " + std::to_string(limit - found.size()),
                       columns_of(fields), condition.arguments)) {
      auto const text_at = [&](std::size_t i) { return std::get<std::string>(row[i]); };
      found.push_back({module.kind, text_at(0), text_at(1), text_at(2)});
    }
  }
  return found;
}

}  // namespace yunzhi::record
