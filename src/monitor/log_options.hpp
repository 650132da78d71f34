// What is configured of log lines: how long they are kept, what is counted, where syslog is taken.
#pragma once

#include "monitor/log/logs.hpp"
