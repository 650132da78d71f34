// A parsed template, and the values its parts work on.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "monitor/alert/template.hpp"

namespace yunzhi::monitor {

struct Datum;
using DatumList = std::vector<Datum>;
using DatumMap = std::map<std::string, Datum>;

/// Nothing, a truth, a number, a text, a list or a map.
struct Datum {
  std::variant<std::monostate, bool, double, std::string, std::shared_ptr<DatumList const>,
               std::shared_ptr<DatumMap const>>
      value;

  Datum() = default;
  Datum(bool truth) : value(truth) {}
  Datum(double number) : value(number) {}
  Datum(std::string text) : value(std::move(text)) {}
  Datum(char const* text) : value(std::string(text)) {}
  Datum(DatumList list) : value(std::make_shared<DatumList const>(std::move(list))) {}
  Datum(DatumMap map) : value(std::make_shared<DatumMap const>(std::move(map))) {}

  [[nodiscard]] DatumList const* list() const {
    auto const* held = std::get_if<std::shared_ptr<DatumList const>>(&value);
    return held == nullptr ? nullptr : held->get();
  }
  [[nodiscard]] DatumMap const* map() const {
    auto const* held = std::get_if<std::shared_ptr<DatumMap const>>(&value);
    return held == nullptr ? nullptr : held->get();
  }
};

/// As Go prints it; NaN when it is no number; as `if` sees it.
std::string text_of(Datum const& datum);
double number_of(Datum const& datum);
bool truth_of(Datum const& datum);

struct TemplateTerm;
/// A function or one term with arguments; what stands before | becomes the last argument of what follows.
using TemplateCommand = std::vector<TemplateTerm>;
using TemplatePipeline = std::vector<TemplateCommand>;

struct TemplateTerm {
  enum class Kind { constant, dot, variable, function, pipeline } kind = Kind::constant;
  Datum constant;
  std::string name;                 ///< of the variable or function
  std::vector<std::string> fields;  ///< .Labels.instance
  TemplatePipeline pipeline;
};

struct TemplateNode {
  enum class Kind { text, action, branch, with, range } kind = Kind::text;
  std::string text;
  std::vector<std::string> variables;  ///< that the pipeline is given to
  TemplatePipeline pipeline;
  std::vector<TemplateNode> body;
  std::vector<TemplateNode> otherwise;
};

struct TemplateFunction {
  std::string_view name;
  std::size_t least;
  std::size_t most;
  Result<Datum> (*run)(std::vector<Datum> const& arguments, TemplateScope const& scope);
};

/// nullptr when there is none of this name.
TemplateFunction const* find_template_function(std::string_view name);

Result<std::vector<TemplateNode>> parse_template(std::string_view text);

}  // namespace yunzhi::monitor
