#include "notify/post.hpp"

#include <memory>

#include <curl/curl.h>
#include <fmt/core.h>

namespace yunzhi::notify {
namespace {

std::size_t leave_answer(char*, std::size_t one, std::size_t count, void*) {
  return one * count;
}

}  // namespace

Result<> post(HttpParcel const& parcel, long timeout_ms) {
  constexpr long connect_ms = 5'000;
  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> const handle(curl_easy_init(), &curl_easy_cleanup);
  if (handle == nullptr) throw std::bad_alloc();
  curl_slist* list = nullptr;
  for (auto const& header : parcel.headers) list = curl_slist_append(list, header.c_str());
  std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> const headers(list, &curl_slist_free_all);
  curl_easy_setopt(handle.get(), CURLOPT_URL, parcel.url.c_str());
  curl_easy_setopt(handle.get(), CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle.get(), CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle.get(), CURLOPT_CONNECTTIMEOUT_MS, connect_ms);
  curl_easy_setopt(handle.get(), CURLOPT_TIMEOUT_MS, timeout_ms);
  curl_easy_setopt(handle.get(), CURLOPT_USERAGENT, "Yunzhi");
  curl_easy_setopt(handle.get(), CURLOPT_WRITEFUNCTION, leave_answer);
  curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(parcel.body.size()));
  curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDS, parcel.body.c_str());
  auto const code = curl_easy_perform(handle.get());
  if (code != CURLE_OK)
    return refuse(Why::busy, "", "the receiver could not be reached: {}", curl_easy_strerror(code));
  long status = 0;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
  if (status < 200 || status > 299) return refuse(Why::busy, "", "the receiver answered {}", status);
  return {};
}

}  // namespace yunzhi::notify
