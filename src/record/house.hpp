// What the routes of records stand on.
#pragma once

#include "access/gate.hpp"
#include "record/kernel.hpp"
#include "record/lifecycle.hpp"
#include "store/attachments.hpp"

namespace yunzhi::record {

struct House {
  store::Store& store;
  Kernel& kernel;
  Lifecycle& lifecycle;
  store::Attachments const& attachments;
};

/// Adds every route of every family, of tasks, and of search.
void routes(http::Router& router, access::Gate& gate, House& house);

}  // namespace yunzhi::record
