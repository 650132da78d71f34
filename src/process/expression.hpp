// The door to the condition language.
#pragma once

#include "process/expression/expression.hpp"
