// All families of records of this product.
#pragma once

#include "record/module.hpp"
#include "record/settings.hpp"

namespace yunzhi::modules {

/// The folders of the families ("modules/unit"), in the order of their migrations.
std::vector<std::string_view> folders();

record::Modules registry(record::Settings const& settings);

}  // namespace yunzhi::modules
