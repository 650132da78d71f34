// Attributes of OpenTelemetry as labels of Prometheus.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "monitor/series/labels.hpp"

namespace yunzhi::monitor {

/// Reads one KeyValue; texts, numbers and truth values as text, lists as JSON; what is malformed is left out.
void read_attribute(std::string_view bytes, std::vector<Label>& attributes);

/// What is no letter, digit or underscore becomes an underscore; a first digit gets "key_" before it.
std::string label_name(std::string_view attribute);

/// job from service.namespace and service.name, instance from service.instance.id.
std::vector<Label> resource_labels(std::vector<Label> const& attributes);

/// The labels of target_info: every other attribute of the resource; empty when there is none.
std::vector<Label> target_info(std::vector<Label> const& attributes, std::vector<Label> const& identity);

/// Attributes whose names became one: their values joined by ";", in order of the values' appearance.
std::vector<Label> joined_values(std::vector<Label> labels);

}  // namespace yunzhi::monitor
