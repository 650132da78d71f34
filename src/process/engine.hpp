// The door to the engine: read a process, advance its instances, save and restore them. Stands alone.
#pragma once

#include "process/engine/advance.hpp"
#include "process/model/definition.hpp"
