// The door to the query scripts: what a query answers, written down as a test.
#pragma once

#include "monitor/query/script.hpp"
