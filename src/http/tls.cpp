#include "http/tls.hpp"

namespace yunzhi::http {

Result<std::unique_ptr<boost::asio::ssl::context>> server_tls(std::string const& certificate_file,
                                                              std::string const& key_file) {
  using Context = boost::asio::ssl::context;
  auto tls = std::make_unique<Context>(Context::tls_server);
  boost::system::error_code code;
  tls->set_options(
      Context::default_workarounds | Context::no_tlsv1 | Context::no_tlsv1_1 | Context::single_dh_use, code);
  SSL_CTX_set_mode(tls->native_handle(), SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_options(tls->native_handle(), SSL_OP_NO_RENEGOTIATION);
  tls->use_certificate_chain_file(certificate_file, code);
  if (code)
    return refuse(Why::invalid, certificate_file, "the certificate cannot be read: {}", code.message());
  tls->use_private_key_file(key_file, Context::pem, code);
  if (code) return refuse(Why::invalid, key_file, "the private key cannot be read: {}", code.message());
  return tls;
}

}  // namespace yunzhi::http
