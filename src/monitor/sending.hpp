// The door to sending on: samples to a larger store, alerts to Alertmanagers.
#pragma once

#include "monitor/sending/alert_sender.hpp"
#include "monitor/sending/remote_writer.hpp"
