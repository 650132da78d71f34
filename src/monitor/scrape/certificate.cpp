#include "monitor/scrape/certificate.hpp"

#include <ctime>

#include <openssl/x509.h>

namespace yunzhi::monitor {

std::int64_t earliest_certificate_end(SSL* connection) {
  std::int64_t earliest = 0;
  auto* const chain = SSL_get_peer_cert_chain(connection);
  for (int i = 0; chain != nullptr && i < sk_X509_num(chain); ++i) {
    tm parts{};
    if (ASN1_TIME_to_tm(X509_get0_notAfter(sk_X509_value(chain, i)), &parts) != 1) continue;
    auto const end = static_cast<std::int64_t>(timegm(&parts));
    if (earliest == 0 || end < earliest) earliest = end;
  }
  return earliest;
}

}  // namespace yunzhi::monitor
