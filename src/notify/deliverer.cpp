#include "notify/deliverer.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <curl/curl.h>
#include <fmt/format.h>

#include "base/log.hpp"
#include "notify/outbox.hpp"

namespace yunzhi::notify {
namespace {

constexpr auto longest_sleep = std::chrono::seconds{30};
constexpr long connect_ms = 5'000;

// One message on its way.
struct Transfer {
  Due due;
  CURL* handle = nullptr;
  curl_slist* list = nullptr;  // headers or recipients
  std::string sending;
  std::size_t sent = 0;
  std::string answer;
  std::size_t answer_most = 0;
  std::string error = std::string(CURL_ERROR_SIZE, '\0');
  RobotKind robot = RobotKind::wecom;

  ~Transfer() {
    curl_easy_cleanup(handle);
    curl_slist_free_all(list);
  }
};

std::size_t take_answer(char* bytes, std::size_t one, std::size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  if (transfer.answer.size() + one * count > transfer.answer_most) return 0;
  transfer.answer.append(bytes, one * count);
  return one * count;
}

std::size_t give_mail(char* bytes, std::size_t one, std::size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  auto const size = std::min(one * count, transfer.sending.size() - transfer.sent);
  std::copy_n(transfer.sending.data() + transfer.sent, size, bytes);
  transfer.sent += size;
  return size;
}

void set_common(Transfer& transfer, std::string const& url, long timeout_ms, char const* protocols) {
  auto* handle = transfer.handle;
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, protocols);
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, connect_ms);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, timeout_ms);
  curl_easy_setopt(handle, CURLOPT_USERAGENT, "Yunzhi");
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take_answer);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &transfer);
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, transfer.error.data());
  curl_easy_setopt(handle, CURLOPT_PRIVATE, &transfer);
}

void set_http(Transfer& transfer, HttpParcel const& parcel, long timeout_ms) {
  set_common(transfer, parcel.url, timeout_ms, "http,https");
  for (auto const& header : parcel.headers) transfer.list = curl_slist_append(transfer.list, header.c_str());
  curl_easy_setopt(transfer.handle, CURLOPT_HTTPHEADER, transfer.list);
  curl_easy_setopt(transfer.handle, CURLOPT_POSTFIELDSIZE, static_cast<long>(parcel.body.size()));
  curl_easy_setopt(transfer.handle, CURLOPT_COPYPOSTFIELDS, parcel.body.c_str());
}

void set_mail(Transfer& transfer, Smtp const& smtp, Instant now, long timeout_ms) {
  set_common(transfer, smtp.url, timeout_ms, "smtp,smtps");
  auto* handle = transfer.handle;
  transfer.sending = email_text(transfer.due.rendered, transfer.due.id, smtp.from, transfer.due.target, now);
  transfer.list = curl_slist_append(nullptr, ("<" + transfer.due.target + ">").c_str());
  curl_easy_setopt(handle, CURLOPT_MAIL_FROM, ("<" + smtp.from + ">").c_str());
  curl_easy_setopt(handle, CURLOPT_MAIL_RCPT, transfer.list);
  curl_easy_setopt(handle, CURLOPT_READFUNCTION, give_mail);
  curl_easy_setopt(handle, CURLOPT_READDATA, &transfer);
  curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(handle, CURLOPT_USE_SSL,
                   static_cast<long>(smtp.require_tls ? CURLUSESSL_ALL : CURLUSESSL_TRY));
  if (!smtp.authority_file.empty()) curl_easy_setopt(handle, CURLOPT_CAINFO, smtp.authority_file.c_str());
  if (smtp.user.empty()) return;
  curl_easy_setopt(handle, CURLOPT_USERNAME, smtp.user.c_str());
  curl_easy_setopt(handle, CURLOPT_PASSWORD, smtp.password.c_str());
}

template <class List>
auto const* named(List const& list, std::string_view name) {
  auto const found =
      std::find_if(list.begin(), list.end(), [&](auto const& item) { return item.name == name; });
  return found == list.end() ? nullptr : &*found;
}

Outcome outcome_of(Transfer const& transfer, CURLcode code) {
  if (code == CURLE_WRITE_ERROR) return {false, false, "the receiver's answer is too long"};
  if (code != CURLE_OK) {
    std::string const said = transfer.error.c_str();
    return {false, false, said.empty() ? curl_easy_strerror(code) : said};
  }
  if (transfer.due.channel == Channel::email) return {true, false, "taken by the mail server"};
  long status = 0;
  curl_easy_getinfo(transfer.handle, CURLINFO_RESPONSE_CODE, &status);
  if (status < 200 || status > 299)
    return {false, status == 410, fmt::format("the receiver answered {}", status)};  // 410: never again
  if (transfer.due.channel == Channel::robot)
    if (auto const complaint = robot_complaint(transfer.robot, transfer.answer); !complaint.empty())
      return {false, false, complaint};
  return {true, false, fmt::format("the receiver answered {}", status)};
}

}  // namespace

struct Deliverer::Inside {
  store::Store& store;
  Channels channels;
  std::function<double()> luck;
  DelivererLimits limits;
  CURLM* multi = nullptr;
  std::map<std::string, std::unique_ptr<Transfer>> under_way;  // by outbox id

  // Whether there is a way to send it; false when the channel is not configured any more.
  bool prepare(Transfer& transfer) {
    auto const now = store.clock()();
    auto const& due = transfer.due;
    if (due.channel == Channel::email) {
      if (channels.smtp) set_mail(transfer, *channels.smtp, now, limits.mail_timeout_ms);
      return channels.smtp.has_value();
    }
    if (due.channel == Channel::webhook) {
      auto const* webhook = named(channels.webhooks, due.target);
      if (webhook) set_http(transfer, webhook_parcel(*webhook, due.rendered, due.id, now), limits.timeout_ms);
      return webhook != nullptr;
    }
    if (due.channel == Channel::alerts) {
      auto const* receiver = named(channels.alert_receivers, due.target);
      if (receiver) set_http(transfer, alerts_parcel(*receiver, due.rendered), limits.timeout_ms);
      return receiver != nullptr;
    }
    auto const* robot = named(channels.robots, due.target);
    if (robot == nullptr) return false;
    transfer.robot = robot->kind;
    set_http(transfer, robot_parcel(*robot, due.rendered, now), limits.timeout_ms);
    return true;
  }

  void write_down(std::string const& id, Outcome const& outcome) {
    if (!outcome.sent) log::warning("delivery.failed", {{"id", id}, {"reason", outcome.text}});
    try {
      auto const done = store.write([&](store::Edit& edit) -> Result<> {
        settle(edit, id, outcome, luck());
        return {};
      });
      if (!done) log::error("delivery.not_written", {{"id", id}});
    } catch (std::exception const& thrown) {
      // It stays due and is sent again, with the same Message-ID or webhook-id.
      log::error("delivery.not_written", {{"id", id}, {"reason", thrown.what()}});
    }
  }

  void begin(Due due) {
    auto transfer = std::make_unique<Transfer>();
    transfer->due = std::move(due);
    transfer->answer_most = limits.answer_bytes;
    transfer->handle = curl_easy_init();
    if (!prepare(*transfer))
      return write_down(transfer->due.id, {false, true, "the channel is not configured any more"});
    curl_multi_add_handle(multi, transfer->handle);
    auto const id = transfer->due.id;
    under_way.emplace(id, std::move(transfer));
  }

  void begin_due() {
    auto const waiting = store.read([&](store::Reader& reader) {
      return due(reader, store.clock()(), limits.transfers, limits.per_target);
    });
    for (auto const& one : waiting)
      if (under_way.size() < limits.transfers && !under_way.contains(one.id)) begin(one);
  }

  // Moves all transfers on; whether one has ended.
  bool advance() {
    int running = 0;
    curl_multi_perform(multi, &running);
    int left = 0;
    bool ended = false;
    while (auto const* told = curl_multi_info_read(multi, &left)) {
      if (told->msg != CURLMSG_DONE) continue;
      auto* handle = told->easy_handle;
      Transfer* transfer = nullptr;
      curl_easy_getinfo(handle, CURLINFO_PRIVATE, &transfer);
      auto const outcome = outcome_of(*transfer, told->data.result);
      auto const id = transfer->due.id;
      curl_multi_remove_handle(multi, handle);
      under_way.erase(id);
      write_down(id, outcome);
      ended = true;
    }
    return ended;
  }

  // Until something moves, somebody calls, or the next message is due.
  void rest() {
    auto wait = std::chrono::duration_cast<Milliseconds>(longest_sleep);
    if (under_way.empty())
      if (auto const next = store.read([](store::Reader& reader) { return next_due(reader); }))
        wait = std::clamp<Milliseconds>(*next - store.clock()(), Milliseconds{50}, wait);
    curl_multi_poll(multi, nullptr, 0, static_cast<int>(wait.count()), nullptr);
  }
};

Deliverer::Deliverer(store::Store& store, Channels channels, std::function<double()> luck,
                     DelivererLimits limits) {
  static CURLcode const ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (ready != CURLE_OK) throw std::runtime_error("libcurl could not be initialised");
  inside_ = std::make_unique<Inside>(
      Inside{store, std::move(channels), std::move(luck), limits, curl_multi_init(), {}});
}

Deliverer::~Deliverer() {
  stop();
  for (auto& [id, transfer] : inside_->under_way) curl_multi_remove_handle(inside_->multi, transfer->handle);
  inside_->under_way.clear();
  curl_multi_cleanup(inside_->multi);
}

void Deliverer::start() {
  thread_ = std::thread([this] { loop(); });
}

void Deliverer::wake() {
  curl_multi_wakeup(inside_->multi);
}

void Deliverer::stop() {
  stopping_ = true;
  wake();
  if (thread_.joinable()) thread_.join();
}

void Deliverer::loop() {
  while (!stopping_) {
    try {
      inside_->begin_due();
      if (!inside_->advance()) inside_->rest();
    } catch (std::exception const& thrown) {
      log::error("delivery.round_failed", {{"reason", thrown.what()}});
      curl_multi_poll(inside_->multi, nullptr, 0, 1000, nullptr);
    }
  }
}

void Deliverer::deliver_due() {
  inside_->begin_due();
  while (!inside_->under_way.empty()) {
    if (inside_->advance()) inside_->begin_due();
    if (!inside_->under_way.empty()) curl_multi_poll(inside_->multi, nullptr, 0, 100, nullptr);
  }
}

}  // namespace yunzhi::notify
