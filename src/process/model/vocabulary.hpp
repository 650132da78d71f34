// The words of BPMN as this engine knows them, and of our own attributes.
#pragma once

#include <optional>
#include <string_view>

#include "process/model/definition.hpp"

namespace yunzhi::process::vocabulary {

inline constexpr std::string_view bpmn = "http://www.omg.org/spec/BPMN/20100524/MODEL";
inline constexpr std::string_view ours = "https://yunzhi.dev/bpmn";

/// The element that runs under this name.
std::optional<Element> element(std::string_view local);
/// Whether a BPMN element is drawing or documentation only.
bool drawing(std::string_view local);
/// Whether the namespace belongs to another engine, whose words would have an effect there and none here.
bool other_engine(std::string_view space);
/// Whether our attribute has a meaning on this element (`process`, `lane`, `sequenceFlow`, `userTask`, …).
bool our_attribute(std::string_view local, std::string_view attribute);
/// Whether the id can be written into saved states without escapes.
bool identifier(std::string_view id);

}  // namespace yunzhi::process::vocabulary
