#include "app/pack_parts.hpp"

#include <fstream>

namespace yunzhi::app {

notify::Catalogue message_words(regulation::Pack const& pack) {
  std::map<std::string, notify::Catalogue::Translations, std::less<>> words;
  for (auto const* language : {"zh-CN", "zh-TW"})
    if (auto const found = pack.words.find("notifications." + std::string(language) + ".json");
        found != pack.words.end())
      for (auto const& member : found->second) words[language][member.key()] = member.value().as_string();
  return notify::Catalogue(std::move(words));
}

Translations problem_words(regulation::Pack const& pack, std::string const& language) {
  Translations translations;
  if (auto const found = pack.words.find("problems." + language + ".json"); found != pack.words.end())
    for (auto const& member : found->second) translations[member.key()] = member.value().as_string();
  return translations;
}

access::Rota rota_of(regulation::Pack const& pack) {
  access::Rota rota{pack.shifts, {}};
  for (auto const& [id, calendar] : pack.calendars) rota.calendars[id] = calendar.get();
  return rota;
}

calendar::Zone house_zone() {
  return calendar::Zone::find("Asia/Shanghai").value();
}

modules::WindowCalendar window_calendar_of(regulation::Pack const& pack) {
  return {house_zone(), pack.settings.office};
}

process::WorkingTime working_time_of(regulation::Pack const& pack) {
  return [&pack](Instant from, Milliseconds working, std::string_view calendar) {
    auto const found = pack.calendars.find(calendar.empty() ? "office" : std::string(calendar));
    return found == pack.calendars.end() ? from + working : found->second->add_working(from, working);
  };
}

std::vector<std::filesystem::path> lay_rules(regulation::Pack const& pack,
                                             std::filesystem::path const& folder) {
  std::filesystem::create_directories(folder);
  std::vector<std::filesystem::path> files;
  for (auto const& file : pack.rules) {
    auto const path = folder / std::filesystem::path(file.name).filename();
    std::ofstream(path) << file.text;
    files.push_back(path);
  }
  return files;
}

}  // namespace yunzhi::app
