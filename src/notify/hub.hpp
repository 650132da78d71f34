// Live events for open pages, as server-sent events. Publishing costs the writing thread a push into a
// queue; a thread of the hub spreads the event among the listeners who may hear it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/json.hpp"
#include "http/message.hpp"

namespace yunzhi::notify {

/// Something that happened. Who hears it: the people named, or, when nobody is named, everybody whose
/// `wants` says so.
struct Event {
  std::string name;  ///< record, task, notification, alert, clause
  json::object data;
  std::vector<std::string> people;
  std::string verb;   ///< what one must be allowed to do to hear it: "incident.read"
  std::string owner;  ///< of the record it is about, for row scopes
  std::string unit;
};

/// An open page.
struct Listener {
  std::string person;
  std::function<bool(Event const&)> wants;  ///< asked for events that name nobody; quick, any thread
  std::function<bool()> alive;              ///< whether its session still holds; empty: always
};

struct HubLimits {
  std::size_t listeners = 2000;
  std::size_t per_person = 10;  ///< the oldest ends when one more opens
  std::size_t queue = 10'000;   ///< events waiting; more are dropped and listeners told to read again
};

class Hub {
 public:
  explicit Hub(HubLimits limits = {});
  ~Hub();
  Hub(Hub const&) = delete;
  Hub& operator=(Hub const&) = delete;

  /// The reply that keeps the page informed; refused as busy when too many listen.
  Result<http::Reply> subscribe(Listener listener);
  /// Never blocks; costs next to nothing when nobody listens. Meant for Edit::after_commit.
  void publish(Event event);
  /// Waits until what was published so far has been handed on; for tests and for stopping.
  void drain();
  /// Ends all streams.
  void stop();

  [[nodiscard]] std::size_t listeners() const { return count_; }

 private:
  struct Open;
  void loop();
  void spread(Event const& event);
  void add(std::shared_ptr<Open> open);
  void tell_all(std::string const& piece);

  HubLimits const limits_;
  std::atomic<std::size_t> count_{0};

  std::mutex listeners_mutex_;
  std::vector<std::shared_ptr<Open>> listeners_;

  std::mutex queue_mutex_;
  std::condition_variable wake_;
  std::condition_variable idle_;
  std::deque<Event> queue_;
  bool dropped_ = false;
  bool busy_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

/// One event as it goes over the wire.
std::string event_text(Event const& event);

}  // namespace yunzhi::notify
