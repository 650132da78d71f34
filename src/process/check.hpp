// What `yunzhi process check FILE` prints.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace yunzhi::process {

/// One line per problem, `file:line:column: sentence`; empty when the process can run.
std::vector<std::string> check_process(std::string_view file, std::string_view xml);

}  // namespace yunzhi::process
