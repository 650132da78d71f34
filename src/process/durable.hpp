// The door to stored processes: deploy, start, complete, fire, and the queries of inbox and diagram.
#pragma once

#include "process/durable/processes.hpp"
#include "process/durable/task_rows.hpp"
#include "process/durable/trace.hpp"
