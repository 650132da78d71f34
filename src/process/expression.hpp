// The door to the condition language.
#pragma once

#include "process/expression/batch.hpp"
#include "process/expression/exact_json.hpp"
#include "process/expression/expression.hpp"
#include "process/expression/parser.hpp"
