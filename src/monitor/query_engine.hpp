// The door to the query engine alone, over whatever holds the series.
#pragma once

#include "monitor/query/query.hpp"
