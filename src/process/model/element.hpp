// The kinds of elements the engine runs, and what an event can wait for or do.
#pragma once

#include <cstdint>

namespace yunzhi::process {

enum class Element : std::uint8_t {
  start,
  end,
  task,  ///< without a kind: somebody does it
  user_task,
  manual_task,
  service_task,
  send_task,
  business_rule_task,
  script_task,
  receive_task,
  sub_process,
  call_activity,
  exclusive,
  parallel,
  inclusive,
  event_gateway,
  catch_event,
  throw_event,
  boundary
};

/// What an event waits for or does.
enum class Trigger : std::uint8_t {
  none,
  timer,
  message,
  signal,
  error,
  escalation,
  conditional,
  compensation,
  link,
  cancel,
  terminate
};

}  // namespace yunzhi::process
