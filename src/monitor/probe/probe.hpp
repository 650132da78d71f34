// Probes: targets whose page is made here, by trying what a user would try. The series have the names of
// Prometheus' blackbox_exporter, so that its rules and boards apply. A target is a probe when its scheme says
// so: probe-http, probe-https, probe-tcp, probe-tls, probe-dns, probe-icmp.
#pragma once

#include <string_view>

#include <boost/asio/io_context.hpp>

#include "monitor/scrape/fetch.hpp"

namespace yunzhi::monitor {

bool is_probe(Target const& target);

/// Calls `done` once with the probe's page; a failed probe is a page too, with probe_success 0.
void probe(boost::asio::io_context& context, Target const& target, ScrapeLimits const& limits, Fetched done);

}  // namespace yunzhi::monitor
