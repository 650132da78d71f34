#include "monitor/remote.hpp"

#include <boost/asio/io_context.hpp>

#include "monitor/scrape/fetch.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::size_t answer_bytes = std::size_t{512} << 20;

Target target_at(Remote const& remote, std::string const& path) {
  Target target;
  auto rest = std::string_view(remote.url);
  auto settings = remote.settings ? *remote.settings : ScrapeSettings{};
  if (auto const colon = rest.find("://"); colon != rest.npos) {
    settings.scheme = rest.substr(0, colon);
    rest.remove_prefix(colon + 3);
  }
  if (!remote.token.empty()) settings.authorization = "Bearer " + remote.token;
  target.address = rest.substr(0, rest.find('/'));
  rest.remove_prefix(target.address.size());
  while (rest.ends_with('/')) rest.remove_suffix(1);
  target.path = std::string(rest) + path;
  target.settings = std::make_shared<ScrapeSettings const>(std::move(settings));
  return target;
}

template <class Begin>
Result<std::string> wait_for(Remote const& remote, Begin const& begin) {
  boost::asio::io_context context(1);
  Result<std::string> result = refuse(Why::busy, "", "the server did not answer");
  ScrapeLimits limits;
  limits.timeout = remote.timeout;
  limits.body_bytes = answer_bytes;
  begin(context, limits, [&result](Result<FetchedPage> page) {
    if (page) {
      result = std::move(page->body);
    } else {
      result = page.error();
    }
  });
  context.run();
  return result;
}

}  // namespace

Result<std::string> remote_get(Remote const& remote, std::string const& path) {
  return wait_for(remote, [&](auto& context, auto const& limits, Fetched done) {
    fetch(context, target_at(remote, path), limits, std::move(done));
  });
}

Result<> remote_post(Remote const& remote, std::string const& path, std::string_view type, std::string body) {
  Posting const posting{std::string(type), {}, std::move(body)};
  auto const answer = wait_for(remote, [&](auto& context, auto const& limits, Fetched done) {
    post(context, target_at(remote, path), posting, limits, std::move(done));
  });
  if (!answer) return answer.error();
  return {};
}

Result<> remote_write(Remote const& remote, std::string body) {
  Posting const posting{
      "application/x-protobuf", "snappy", std::move(body), {{"X-Prometheus-Remote-Write-Version", "0.1.0"}}};
  auto const answer = wait_for(remote, [&](auto& context, auto const& limits, Fetched done) {
    post(context, target_at(remote, ""), posting, limits, std::move(done));
  });
  if (!answer) return answer.error();
  return {};
}

std::string url_escaped(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string result;
  for (char const letter : text) {
    auto const c = static_cast<unsigned char>(letter);
    bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.' || c == '~';
    if (plain) {
      result += static_cast<char>(c);
    } else {
      result += '%';
      result += digits[c >> 4U];
      result += digits[c & 15U];
    }
  }
  return result;
}

void put_parameter(std::string& query, std::string_view name, std::string_view value) {
  query += query.empty() ? '?' : '&';
  query += url_escaped(name) + '=' + url_escaped(value);
}

}  // namespace yunzhi::monitor
