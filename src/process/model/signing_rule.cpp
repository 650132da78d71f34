#include "process/model/signing_rule.hpp"

#include <charconv>

#include "base/limits.hpp"

namespace yunzhi::process {
namespace {

constexpr char const* policies[] = {"none", "all", "any", "ratio", "weighted"};

std::optional<std::int64_t> whole_number(std::string_view text, std::int64_t most) {
  std::int64_t number = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < 1 || number > most)
    return std::nullopt;
  return number;
}

std::optional<Share> share_of(std::string_view text) {
  constexpr std::int64_t hundred = 100;
  constexpr std::int64_t most = 1'000'000;
  if (!text.empty() && text.back() == '%') {
    auto const part = whole_number(text.substr(0, text.size() - 1), hundred);
    return part ? std::optional(Share{*part, hundred}) : std::nullopt;
  }
  auto const slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  auto const part = whole_number(text.substr(0, slash), most);
  auto const whole = whole_number(text.substr(slash + 1), most);
  if (!part || !whole || *part > *whole) return std::nullopt;
  return Share{*part, *whole};
}

std::string_view trimmed(std::string_view text) {
  auto const first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::optional<Signer> signer_of(std::string_view text) {
  Signer signer;
  if (auto const equals = text.find('='); equals != std::string_view::npos) {
    auto const weight = whole_number(text.substr(equals + 1), limits::signing_weight);
    if (!weight) return std::nullopt;
    signer.weight = *weight;
    text = text.substr(0, equals);
  }
  auto const colon = text.find(':');
  if (colon == std::string_view::npos || colon + 1 == text.size()) return std::nullopt;
  auto const kind = text.substr(0, colon);
  if (kind != "field" && kind != "role" && kind != "holders") return std::nullopt;
  signer.kind = kind == "field"  ? Signer::Kind::field
                : kind == "role" ? Signer::Kind::role
                                 : Signer::Kind::holders;
  signer.name = text.substr(colon + 1);
  return signer;
}

Result<std::vector<Signer>> signers_of(std::string_view text) {
  std::vector<Signer> all;
  while (!text.empty()) {
    auto const comma = text.find(',');
    auto const one = trimmed(text.substr(0, comma));
    auto signer = signer_of(one);
    if (!signer)
      return refuse(Why::invalid, "",
                    "yunzhi:signers holds '{}'; each must read field:<name>, role:<id> or holders:<id>, with "
                    "=<weight> or without",
                    one);
    all.push_back(std::move(*signer));
    text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
  }
  if (all.empty()) return refuse(Why::invalid, "", "nobody signs; add yunzhi:signers");
  return all;
}

}  // namespace

char const* name_of(SigningRule::Policy policy) {
  return policies[static_cast<std::size_t>(policy)];
}

std::optional<SigningRule::Policy> policy_named(std::string_view name) {
  for (std::size_t i = 0; i < std::size(policies); ++i)
    if (name == policies[i]) return static_cast<SigningRule::Policy>(i);
  return std::nullopt;
}

Result<std::optional<SigningRule>> read_signing_rule(
    std::function<std::string(std::string_view)> const& attribute) {
  using Policy = SigningRule::Policy;
  auto const sign = attribute("sign");
  if (sign.empty()) {
    for (auto const* other : {"signers", "share", "veto", "result"})
      if (!attribute(other).empty())
        return refuse(Why::invalid, "", "yunzhi:{} has no meaning without yunzhi:sign", other);
    return std::optional<SigningRule>();
  }
  auto const policy = policy_named(sign);
  if (!policy || *policy == Policy::none)
    return refuse(Why::invalid, "", "yunzhi:sign is '{}'; it must be all, any, ratio or weighted", sign);
  SigningRule rule;
  rule.policy = *policy;
  auto signers = signers_of(attribute("signers"));
  if (!signers) return signers.error();
  rule.signers = std::move(*signers);
  auto const share = attribute("share");
  bool const shared = rule.policy == Policy::ratio || rule.policy == Policy::weighted;
  auto const read = share_of(share);
  if (shared != !share.empty() || (shared && !read))
    return refuse(Why::invalid, "",
                  "yunzhi:share is '{}'; ratio and weighted need one that reads 2/3 or 60%, others none",
                  share);
  if (read) rule.share = *read;
  auto const veto = attribute("veto");
  if (!veto.empty() && veto != "true" && veto != "false")
    return refuse(Why::invalid, "", "yunzhi:veto is '{}'; it must be true or false", veto);
  rule.veto = veto == "true";
  rule.result = attribute("result");
  if (rule.result.empty())
    return refuse(Why::invalid, "", "the signed outcome goes to no field; add yunzhi:result");
  return std::optional(std::move(rule));
}

}  // namespace yunzhi::process
