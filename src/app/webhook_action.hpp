// A service task's call to the outside: one signed HTTP POST with the record, named by the job's id.
#pragma once

#include "app/configuration.hpp"
#include "base/instant.hpp"
#include "process/durable/jobs.hpp"

namespace yunzhi::app {

class WebhookAction : public process::Action {
 public:
  WebhookAction(ServiceCall call, Clock clock) : call_(std::move(call)), clock_(std::move(clock)) {}
  [[nodiscard]] bool idempotent() const override { return call_.idempotent; }
  /// Refused when the receiver could not be reached, was too slow or did not answer 2xx.
  Result<> run(process::Job const& job, json::object const& record) override;

 private:
  ServiceCall call_;
  Clock clock_;
};

}  // namespace yunzhi::app
