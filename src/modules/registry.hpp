// All families of records of this product.
#pragma once

#include "record/module.hpp"
#include "record/settings.hpp"

namespace yunzhi::modules {

record::Modules registry(record::Settings const& settings);

}  // namespace yunzhi::modules
