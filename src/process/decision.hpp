// The door to decision models (DMN): read one, ask one of its decisions.
#pragma once

#include "process/decision/decision_model.hpp"
