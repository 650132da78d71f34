// How a system of the register is asked for its figures, as the pack says: by an exporter of its own, or
// through one that asks for many.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/instant.hpp"

namespace yunzhi::record {

enum class AddressForm { host_and_port, host, either };

/// What is not said is so for the exporter of a host, which needs no file in the pack.
struct TargetTemplate {
  std::string id = "node";
  std::map<std::string, std::string> title{
      {"zh-CN", "主机（node_exporter）"}, {"zh-TW", "主機（node_exporter）"}, {"en", "Host (node_exporter)"}};
  std::map<std::string, std::string> hint;  ///< by language, as the title
  std::string scheme = "http";
  std::string path = "/metrics";
  std::vector<std::pair<std::string, std::string>> parameters;  ///< of the query, in the order of the file
  std::string exporter;  ///< name of the exporter that asks the system; empty: the system answers itself
  std::string address_parameter = "target";  ///< which the system's address is given to such an exporter as
  AddressForm address = AddressForm::host_and_port;
  std::string board = "host";
  Milliseconds interval{0};  ///< 0: that of the monitoring; the timeout as well
  Milliseconds timeout{0};
};

}  // namespace yunzhi::record
