#include "app/webhook_action.hpp"

#include "notify/post.hpp"

namespace yunzhi::app {

Result<> WebhookAction::run(process::Job const& job, json::object const& record) {
  constexpr long timeout_ms = 15'000;
  json::object data{{"instance", job.instance},
                    {"element", job.element},
                    {"attempt", job.attempts + 1},
                    {"kind", job.record_kind},
                    {"record", record}};
  return notify::post(
      notify::webhook_parcel(call_.webhook, "process.call", std::move(data), job.id, clock_()), timeout_ms);
}

}  // namespace yunzhi::app
