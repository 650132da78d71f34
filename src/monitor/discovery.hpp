// The door to target discovery: what a configuration's jobs stand for at this moment.
#pragma once

#include "monitor/scrape/discovery.hpp"
