// The words of BPMN as this engine knows them, our own attributes, and those of other engines that are
// understood.
#pragma once

#include <optional>
#include <string_view>

#include "process/model/element.hpp"

namespace yunzhi::process::vocabulary {

inline constexpr std::string_view bpmn = "http://www.omg.org/spec/BPMN/20100524/MODEL";
inline constexpr std::string_view ours = "https://yunzhi.dev/bpmn";

/// The element that runs under this name.
std::optional<Element> element(std::string_view local);
/// Whether a BPMN element is drawing or documentation only.
bool drawing(std::string_view local);
/// Whether a BPMN element inside another is read with it.
bool part(std::string_view local);
/// Whether the namespace belongs to another engine, whose words have an effect there.
bool other_engine(std::string_view space);
/// Whether another engine's attribute or extension on such an element (`callActivity`, …) is told in our
/// words, or changes nothing here.
bool understood_on(std::string_view element, std::string_view local);
/// Whether our attribute has a meaning on this element (`process`, `lane`, `sequenceFlow`, `userTask`, …).
bool our_attribute(std::string_view local, std::string_view attribute);
/// Whether the id can be written into saved states without escapes.
bool identifier(std::string_view id);

}  // namespace yunzhi::process::vocabulary
