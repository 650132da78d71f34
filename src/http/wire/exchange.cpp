#include "http/wire/exchange.hpp"

#include <utility>

#include "base/log.hpp"

namespace yunzhi::http {
namespace {

// A 500 says nothing of its cause to the outside: the log does, under the same request id.
Reply failed(Request const& request) {
  return Reply::problem(500, Refusal{}, request);
}

class Responder {
 public:
  explicit Responder(std::shared_ptr<Exchange> exchange) : exchange_(std::move(exchange)) {}
  Responder(Responder const&) = delete;
  Responder& operator=(Responder const&) = delete;
  ~Responder() {
    if (answered_) return;
    auto const& request = exchange_->request;
    log::error("http.no_reply", {{"path", request.path}, {"request", request.id}});
    exchange_->answer(failed(request));
  }

  void finish(Reply reply) {
    if (!answered_.exchange(true)) exchange_->answer(std::move(reply));
  }

 private:
  std::shared_ptr<Exchange> exchange_;
  std::atomic<bool> answered_ = false;
};

void report(Exchange& exchange, Respond const& respond, std::string_view what) {
  auto const& request = exchange.request;
  log::error("http.handler_failed", {{"path", request.path}, {"request", request.id}, {"what", what}});
  respond(failed(request));
}

}  // namespace

bool Exchange::answer(Reply given) {
  if (answered_.exchange(true)) return false;
  reply = std::move(given);
  // Within the handler's own call on the loop nobody waits yet, and no message is needed.
  if (std::this_thread::get_id() == loop_ && !slot_.waiting()) {
    done_ = true;
  } else {
    mailbox_->put(shared_from_this());
  }
  return true;
}

void Exchange::wake() {
  done_ = true;
  slot_.resume();
}

Respond respond_to(std::shared_ptr<Exchange> exchange) {
  auto responder = std::make_shared<Responder>(std::move(exchange));
  return [responder](Reply reply) { responder->finish(std::move(reply)); };
}

void run_handler(Handler const& handler, Exchange& exchange, Respond const& respond) {
  try {
    handler(exchange.request, respond);
  } catch (std::exception const& error) {
    report(exchange, respond, error.what());
  } catch (...) {
    report(exchange, respond, "unknown exception");
  }
}

}  // namespace yunzhi::http
