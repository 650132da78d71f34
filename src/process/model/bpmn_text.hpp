// BPMN written in few words, for tests.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace yunzhi::process {

/// BPMN around the inside of one process.
inline std::string bpmn(std::string_view inside, std::string_view declarations = {}) {
  return R"(<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:yunzhi="https://yunzhi.dev/bpmn" id="d">)" +
         std::string(declarations) + R"(<process id="p" isExecutable="true" yunzhi:record="incident">)" +
         std::string(inside) + "</process></definitions>";
}

inline std::string task(std::string_view id) {
  return "<userTask id=\"" + std::string(id) + "\" yunzhi:role=\"operator\"/>";
}

/// `from>to`, or `from>to: condition`; the flow's id is `from_to`.
inline std::string flow(std::string_view way) {
  auto const arrow = way.find('>');
  auto const colon = way.find(": ");
  auto const from = std::string(way.substr(0, arrow));
  auto const to =
      std::string(way.substr(arrow + 1, colon == std::string_view::npos ? colon : colon - arrow - 1));
  auto text =
      "<sequenceFlow id=\"" + from + "_" + to + "\" sourceRef=\"" + from + "\" targetRef=\"" + to + "\">";
  if (colon != std::string_view::npos)
    text +=
        "<conditionExpression><![CDATA[" + std::string(way.substr(colon + 2)) + "]]></conditionExpression>";
  return text + "</sequenceFlow>";
}

inline std::string flows(std::initializer_list<std::string_view> ways) {
  std::string all;
  for (auto const way : ways) all += flow(way);
  return all;
}

}  // namespace yunzhi::process
