// Stories of processes (tests/process/*.story, whose format tests/process/README.md tells), for tests: read
// from their files, and told to whoever runs processes.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

#include <doctest/doctest.h>

#include "base/json.hpp"
#include "process/model/bpmn_text.hpp"

namespace yunzhi::process {

struct StoryLine {
  int number = 0;
  std::string text;
};

struct ToldStory {
  std::string file;
  std::string title;
  std::string only;    ///< the one engine it is told to; empty: to each
  std::string reason;  ///< why
  std::vector<std::string> models;
  std::vector<std::string> decisions;  ///< DMN, for engines that decide
  std::vector<StoryLine> lines;
};

inline std::string trimmed_line(std::string const& text) {
  auto const first = text.find_first_not_of(" \t\r");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

/// The model lines of one story, gathered into files of processes.
class StoryModel {
 public:
  void add(std::string const& line) {
    if (line.starts_with("decision ")) {
      decisions.push_back(trimmed_line(line.substr(9)));
    } else if (line.starts_with("@")) {
      declarations_ += trimmed_line(line.substr(1));
    } else if (line.starts_with("process ")) {
      close_process();
      id_ = trimmed_line(line.substr(8));
    } else if (line == "file") {
      close_file();
    } else if (line.starts_with("flow ")) {
      add_flow(line.substr(5));
    } else {
      inside_ += line + "\n";
    }
  }
  std::vector<std::string> take() {
    close_file();
    return std::move(files_);
  }

  std::vector<std::string> decisions;

 private:
  void add_flow(std::string const& line) {
    auto const arrow = line.find('>');
    auto const colon = line.find(": ", arrow);
    auto text =
        trimmed_line(line.substr(0, arrow)) + ">" + trimmed_line(line.substr(arrow + 1, colon - arrow - 1));
    if (colon != std::string::npos) text += ": " + trimmed_line(line.substr(colon + 2));
    inside_ += flow(text) + "\n";
  }
  void close_process() {
    if (inside_.empty()) return;
    auto const space = id_.find(' ');
    processes_ += "<process id=\"" + id_.substr(0, space) + "\" " +
                  (space == std::string::npos ? "" : id_.substr(space)) + ">" + inside_ + "</process>";
    inside_.clear();
    id_ = "p";
  }
  void close_file() {
    close_process();
    if (processes_.empty()) return;
    files_.push_back(
        "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" "
        "xmlns:yunzhi=\"https://yunzhi.dev/bpmn\" xmlns:camunda=\"http://camunda.org/schema/1.0/bpmn\" "
        "xmlns:flowable=\"http://flowable.org/bpmn\" xmlns:zeebe=\"http://camunda.org/schema/zeebe/1.0\">" +
        declarations_ + processes_ + "</definitions>");
    processes_.clear();
    declarations_.clear();
  }

  std::string id_ = "p";
  std::string declarations_;
  std::string inside_;
  std::string processes_;
  std::vector<std::string> files_;
};

inline std::vector<ToldStory> read_stories(std::filesystem::path const& path) {
  std::ifstream file(path);
  std::vector<ToldStory> stories;
  StoryModel model;
  bool in_model = false;
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    auto const text = trimmed_line(line);
    if (text.starts_with("=== ")) {
      ToldStory story;
      story.file = path.filename().string();
      story.title = text.substr(4);
      if (!stories.empty()) story.models = stories.back().models;
      if (!stories.empty()) story.decisions = stories.back().decisions;
      stories.push_back(std::move(story));
    } else if (text == "--- model") {
      in_model = true;
      model = {};
    } else if (text == "--- story") {
      if (in_model) stories.back().models = model.take();
      if (in_model) stories.back().decisions = model.decisions;
      in_model = false;
    } else if (in_model) {
      model.add(text);
    } else if (text.starts_with("only: ")) {
      auto const comma = text.find(',');
      stories.back().only = trimmed_line(text.substr(6, comma - 6));
      stories.back().reason = comma == std::string::npos ? "" : trimmed_line(text.substr(comma + 1));
    } else if (!text.empty() && !text.starts_with("#") && !text.starts_with("element:") &&
               !text.starts_with("verb:") && !stories.empty()) {
      stories.back().lines.push_back({number, text});
    }
  }
  return stories;
}

inline std::vector<ToldStory> all_stories() {
  std::vector<std::filesystem::path> files;
  for (auto const& entry : std::filesystem::directory_iterator(YUNZHI_SOURCE "/tests/process"))
    if (entry.path().extension() == ".story") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<ToldStory> all;
  for (auto const& path : files) {
    auto stories = read_stories(path);
    std::move(stories.begin(), stories.end(), std::back_inserter(all));
  }
  return all;
}

inline json::value parsed_json(std::string const& text) {
  boost::system::error_code error;
  auto value = json::parse(text, error);
  if (error) FAIL("no JSON: " << text);
  return value;
}

inline json::array split_words(std::string const& text, char by) {
  json::array all;
  std::istringstream in(text);
  for (std::string word; std::getline(in, word, by);)
    if (!word.empty()) all.emplace_back(word);
  return all;
}

/// What stands behind the verb and its first word: `by=ann`, `#2`, `straight`.
inline void add_word(json::object& command, std::string const& verb, std::string const& word) {
  auto const equals = word.find('=');
  auto const name = word.substr(0, equals);
  auto const value = equals == std::string::npos ? std::string() : word.substr(equals + 1);
  if (word.starts_with("#")) {
    command["instance"] = std::stoi(word.substr(1));
  } else if (word == "straight") {
    command["straight_back"] = true;
  } else if (word == "behind") {
    command["behind"] = true;
  } else if (name == "people") {
    command["people"] = split_words(value, ',');
  } else if (name == "version") {
    command["version"] = std::stoi(value);
  } else if (name == "mapping") {
    json::object mapping;
    for (auto const& pair : split_words(value, ',')) {
      auto const both = split_words(std::string(std::string_view(pair.get_string())), ':');
      mapping[both.at(0).get_string()] = both.at(1);
    }
    command["mapping"] = std::move(mapping);
  } else if (equals != std::string::npos) {
    command[name] = value;
  } else if (verb == "fail") {
    command["error"] = word;
  } else {
    FAIL("a word of no meaning: " << word);
  }
}

/// `start p {"n": 1}` as the command of a simulation (docs/process-simulation.md).
inline json::object command_of(std::string const& line) {
  auto const brace = line.find('{');
  auto const parts = split_words(trimmed_line(line.substr(0, brace)), ' ');
  auto const verb = std::string(std::string_view(parts.at(0).get_string()));
  for (auto const* whole : {"set", "script", "holders"})
    if (verb == whole) return {{verb, parsed_json(line.substr(brace))}};
  if (verb == "save") return {{"save_restore", true}};
  json::object command;
  command[verb] = parts.size() > 1 ? parts.at(1) : json::value(verb == "start" ? "p" : "");
  for (std::size_t i = 2; i < parts.size(); ++i)
    add_word(command, verb, std::string(std::string_view(parts.at(i).get_string())));
  if (brace != std::string::npos) command["variables"] = parsed_json(line.substr(brace));
  return command;
}

struct StoryTask {
  std::string element;
  std::string person;  ///< who has it; empty: anybody with its role may take it
  std::string role;
};

/// Who runs the processes of a story.
class StoryTeller {
 public:
  virtual ~StoryTeller() = default;
  /// A file of processes; what is refused is said, and nothing when it is taken.
  virtual std::string add(std::string const& xml) = 0;
  /// A file of decisions.
  virtual void decide_by(std::string const& xml) = 0;
  /// `open`, `ended`, `variables`, `events` and `error`, as a simulation answers.
  virtual json::object tell(json::object const& command) = 0;
  /// Open tasks, by instances and tokens.
  virtual std::vector<StoryTask> tasks() = 0;
  /// A check that is this teller's own; false when it is none.
  virtual bool check(std::string const& line) = 0;
};

/// Tells one story and checks what it expects.
class StoryTelling {
 public:
  StoryTelling(ToldStory const& story, StoryTeller& teller) : story_(story), teller_(teller) {}

  void go(std::string const& how) {
    for (auto const& xml : story_.models)
      if (auto const refused = teller_.add(xml); !refused.empty()) refused_ += refused + "\n";
    for (auto const& xml : story_.decisions) teller_.decide_by(xml);
    for (auto const& line : story_.lines) {
      INFO(story_.file << ":" << line.number << " " << story_.title << ": " << line.text << how);
      tell(line.text);
    }
    INFO(story_.file << " " << story_.title << how);
    no_error();
  }

 private:
  void tell(std::string const& line) {
    auto const rest = line.find(' ') == std::string::npos ? "" : trimmed_line(line.substr(line.find(' ')));
    if (line.starts_with("open")) {
      CHECK(joined(answer_["open"].as_array()) == rest);
    } else if (line == "ended" || line == "running") {
      CHECK(answer_["ended"].as_bool() == (line == "ended"));
    } else if (line.starts_with("variable ")) {
      variable(rest);
    } else if (line.starts_with("tasks ")) {
      CHECK(tasks(&StoryTask::person) == rest);
    } else if (line.starts_with("roles ")) {
      CHECK(tasks(&StoryTask::role) == rest);
    } else if (line.starts_with("happened ")) {
      happened(rest);
    } else if (line.starts_with("error ")) {
      auto const told = answer_["error"].is_string() ? std::string(answer_["error"].as_string()) : "no error";
      CHECK_MESSAGE(told.find(rest) != std::string::npos, told);
      answer_["error"] = nullptr;
    } else if (line.starts_with("refused ")) {
      CHECK_MESSAGE(refused_.find(rest) != std::string::npos, refused_);
    } else if (!teller_.check(line)) {
      CHECK_MESSAGE(refused_.empty(), refused_);
      no_error();
      answer_ = teller_.tell(command_of(line));
    }
  }
  void no_error() {
    if (answer_.contains("error"))
      CHECK_MESSAGE(answer_["error"].is_null(), json::serialize(answer_["error"]));
  }
  void variable(std::string const& rest) {
    auto const sign = rest.find(" = ");
    auto const name = rest.substr(0, sign);
    auto const& variables = answer_["variables"].as_object();
    auto const* value = variables.if_contains(name);
    auto const told = value == nullptr ? std::string("absent") : json::serialize(*value);
    auto const wanted = rest.substr(sign + 3);
    CHECK(told == (wanted == "absent" ? "absent" : json::serialize(parsed_json(wanted))));
  }
  // Each of these kinds of event is among what the last command led to.
  void happened(std::string const& kinds) {
    auto const& events = answer_["events"].as_array();
    for (auto const& kind : split_words(kinds, ' '))
      CHECK_MESSAGE(std::any_of(events.begin(), events.end(),
                                [&](json::value const& event) { return event.at("kind") == kind; }),
                    json::serialize(events));
  }
  static std::string joined(json::array const& names) {
    std::string text;
    for (auto const& name : names)
      text += (text.empty() ? "" : " ") + std::string(std::string_view(name.get_string()));
    return text.empty() ? "-" : text;
  }
  // `element`, or `element:whose`.
  std::string tasks(std::string StoryTask::*whose) {
    json::array names;
    for (auto const& task : teller_.tasks())
      names.emplace_back(task.element + ((task.*whose).empty() ? "" : ":" + task.*whose));
    return joined(names);
  }

  ToldStory const& story_;
  StoryTeller& teller_;
  json::object answer_;
  std::string refused_;
};

}  // namespace yunzhi::process
