// Runs tests/process/*.story, whose format tests/process/README.md tells. Each story runs twice, the second
// time saved and restored between all commands, and must say the same.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "process/model/bpmn_text.hpp"
#include "process/simulation/simulation.hpp"

using namespace yunzhi;
using namespace yunzhi::process;

namespace {

struct Line {
  int number = 0;
  std::string text;
};

struct Told {
  std::string title;
  std::vector<std::string> files;
  std::vector<Line> lines;
};

std::string trimmed(std::string const& text) {
  auto const first = text.find_first_not_of(" \t\r");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

// The model lines of one story, gathered into files of processes.
class ModelText {
 public:
  void add(std::string const& line) {
    if (line.starts_with("@")) {
      declarations_ += trimmed(line.substr(1));
    } else if (line.starts_with("process ")) {
      close_process();
      id_ = trimmed(line.substr(8));
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

 private:
  void add_flow(std::string const& line) {
    auto const arrow = line.find('>');
    auto const colon = line.find(": ", arrow);
    auto text = trimmed(line.substr(0, arrow)) + ">" + trimmed(line.substr(arrow + 1, colon - arrow - 1));
    if (colon != std::string::npos) text += ": " + trimmed(line.substr(colon + 2));
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

std::vector<Told> read_stories(std::filesystem::path const& path) {
  std::ifstream file(path);
  std::vector<Told> stories;
  ModelText model;
  bool in_model = false;
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    auto const text = trimmed(line);
    if (text.starts_with("=== ")) {
      stories.push_back(
          {text.substr(4), stories.empty() ? std::vector<std::string>{} : stories.back().files, {}});
    } else if (text == "--- model") {
      in_model = true;
      model = {};
    } else if (text == "--- story") {
      if (in_model) stories.back().files = model.take();
      in_model = false;
    } else if (in_model) {
      model.add(text);
    } else if (!text.empty() && !text.starts_with("#") && !text.starts_with("element:") && !stories.empty()) {
      stories.back().lines.push_back({number, text});
    }
  }
  return stories;
}

std::vector<std::string> words(std::string const& text) {
  std::istringstream in(text);
  std::vector<std::string> all;
  for (std::string word; in >> word;) all.push_back(word);
  return all;
}

json::value parsed(std::string const& text) {
  boost::system::error_code error;
  auto value = json::parse(text, error);
  if (error) FAIL("no JSON: " << text);
  return value;
}

// `start p {"n": 1}` as the command of the simulation.
json::object command_of(std::string const& line) {
  auto const brace = line.find('{');
  auto const parts = words(line.substr(0, brace));
  json::object command;
  auto const& verb = parts.front();
  if (verb == "set") return {{"set", parsed(line.substr(brace))}};
  if (verb == "script") return {{"script", parsed(line.substr(brace))}};
  if (verb == "save") return {{"save_restore", true}};
  command[verb] = parts.size() > 1 ? parts[1] : (verb == "start" ? "p" : "");
  for (std::size_t i = 2; i < parts.size(); ++i) {
    if (parts[i].starts_with("#"))
      command["instance"] = std::stoi(parts[i].substr(1));
    else if (parts[i].starts_with("key="))
      command["key"] = parts[i].substr(4);
    else if (verb == "fail")
      command["error"] = parts[i];
  }
  if (brace != std::string::npos) command["variables"] = parsed(line.substr(brace));
  return command;
}

std::string joined(json::array const& names) {
  std::string text;
  for (auto const& name : names)
    text += (text.empty() ? "" : " ") + std::string(std::string_view(name.get_string()));
  return text.empty() ? "-" : text;
}

class Teller {
 public:
  Teller(Told const& story, bool saving) : saving_(saving) {
    for (auto const& file : story.files)
      if (auto const added = simulation_.add(file); !added) refused_ += added.error().english() + "\n";
  }

  void tell(std::string const& line) {
    auto const rest = line.find(' ') == std::string::npos ? "" : trimmed(line.substr(line.find(' ')));
    if (line.starts_with("open")) {
      CHECK(joined(answer_["open"].as_array()) == rest);
    } else if (line == "ended" || line == "running") {
      CHECK(answer_["ended"].as_bool() == (line == "ended"));
    } else if (line.starts_with("variable ")) {
      variable(rest);
    } else if (line.starts_with("error ")) {
      auto const told = answer_["error"].is_string() ? std::string(answer_["error"].as_string()) : "no error";
      CHECK_MESSAGE(told.find(rest) != std::string::npos, told);
      answer_["error"] = nullptr;
    } else if (line.starts_with("refused ")) {
      CHECK_MESSAGE(refused_.find(rest) != std::string::npos, refused_);
    } else {
      CHECK_MESSAGE(refused_.empty(), refused_);
      if (answer_.contains("error"))
        CHECK_MESSAGE(answer_["error"].is_null(), json::serialize(answer_["error"]));
      answer_ = simulation_.tell(command_of(line));
      auto const before = answer_;
      if (saving_) answer_ = simulation_.tell(json::object{{"save_restore", true}});
      CHECK(answer_["open"] == before.at("open"));
      CHECK(answer_["variables"] == before.at("variables"));
      if (saving_) answer_["error"] = before.at("error");
    }
  }

  void end() {
    if (answer_.contains("error"))
      CHECK_MESSAGE(answer_["error"].is_null(), json::serialize(answer_["error"]));
  }

 private:
  void variable(std::string const& rest) {
    auto const sign = rest.find(" = ");
    auto const name = rest.substr(0, sign);
    auto const& variables = answer_["variables"].as_object();
    auto const* value = variables.if_contains(name);
    auto const told = value == nullptr ? std::string("absent") : json::serialize(*value);
    CHECK(told ==
          (rest.substr(sign + 3) == "absent" ? "absent" : json::serialize(parsed(rest.substr(sign + 3)))));
  }

  Simulation simulation_{from_ms(1'793'577'600'000)};  // 2026-11-02T00:00:00Z, a Monday
  bool saving_;
  json::object answer_;
  std::string refused_;
};

}  // namespace

TEST_CASE("the stories of the process elements go as they are told") {
  std::size_t count = 0;
  std::vector<std::filesystem::path> files;
  for (auto const& entry : std::filesystem::directory_iterator(YUNZHI_SOURCE "/tests/process"))
    if (entry.path().extension() == ".story") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (auto const& path : files)
    for (auto const& story : read_stories(path))
      for (bool const saving : {false, true}) {
        ++count;
        Teller teller(story, saving);
        for (auto const& line : story.lines) {
          INFO(path.filename().string() << ":" << line.number << " " << story.title << ": " << line.text
                                        << (saving ? " (saving)" : ""));
          teller.tell(line.text);
        }
        INFO(story.title);
        teller.end();
      }
  CHECK(count > 100);
}
