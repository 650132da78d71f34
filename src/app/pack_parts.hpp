// The regulation pack in the form the rooms below it take: words by language, the rota, working time, rules.
#pragma once

#include <filesystem>
#include <vector>

#include "access/directory.hpp"
#include "modules/maintenance_window/openings.hpp"
#include "notify/notifier.hpp"
#include "process/durable.hpp"
#include "regulation/pack.hpp"

namespace yunzhi::app {

using Translations = std::map<std::string, std::string, std::less<>>;

notify::Catalogue message_words(regulation::Pack const& pack);
Translations problem_words(regulation::Pack const& pack, std::string const& language);
access::Rota rota_of(regulation::Pack const& pack);
/// Whose wall clock days and months of the organisation follow.
calendar::Zone house_zone();
/// Windows recur on the wall clock of the house, and know the days of its office.
modules::WindowCalendar window_calendar_of(regulation::Pack const& pack);
/// The pack must outlive the function.
process::WorkingTime working_time_of(regulation::Pack const& pack);
/// The engine reads rules from files; those of the pack are laid into the folder.
std::vector<std::filesystem::path> lay_rules(regulation::Pack const& pack,
                                             std::filesystem::path const& folder);

}  // namespace yunzhi::app
