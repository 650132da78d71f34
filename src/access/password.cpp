#include "access/password.hpp"

#include <algorithm>
#include <array>
#include <new>

#include <sodium.h>

#include "base/random.hpp"
#include "base/text/utf8.hpp"

namespace yunzhi::access {
namespace {

// The common ones of ten and more characters from public lists of leaked passwords; shorter ones are
// refused by their length.
constexpr auto common = std::to_array<std::string_view>(
    {"0123456789",      "0987654321",    "1111111111",      "112233445566",     "12345678900",
     "12345678910",     "123456789a",    "123456789q",      "1234567890",       "12345678901",
     "123456789012",    "1234567891",    "123qwe123qwe",    "1q2w3e4r5t",       "1q2w3e4r5t6y",
     "1qaz2wsx3edc",    "1qazxsw23edc",  "5201314520",      "5211314521",       "9876543210",
     "a123456789",      "a1234567890",   "aa123456789",     "aa12345678",       "abc123456789",
     "abcd123456",      "abcd1234abcd",  "abcdefghij",      "admin12345",       "admin123456",
     "administrator",   "asd123456789",  "asdfghjkl1",      "asdfghjkl;",       "asdfghjkl123",
     "changeme123",     "changeme1234",  "iloveyou123",     "letmein123",       "letmein1234",
     "letmeinplease",   "p@ssw0rd123",   "passw0rd123",     "password01",       "password11",
     "password12",      "password123",   "password1234",    "password12345",    "password123456",
     "password2024",    "password2025",  "password2026",    "passwordpassword", "q1w2e3r4t5",
     "q1w2e3r4t5y6",    "qazwsxedcrfv",  "qq123456789",     "qwer1234qwer",     "qwerasdfzxcv",
     "qwertyuiop",      "qwertyuiop1",   "qwertyuiop123",   "qwerty12345",      "qwerty123456",
     "qwerty123456789", "root123456",    "system12345",     "test123456",       "welcome123",
     "welcome1234",     "wo5201314520",  "woaini1314520",   "woaini520520",     "woaini123456",
     "zxcvbnm123",      "zxcvbnm123456", "zxcvbnmasdfghjkl"});

std::string lower(std::string_view text) {
  std::string result(text);
  for (auto& one : result)
    if (one >= 'A' && one <= 'Z') one = static_cast<char>(one - 'A' + 'a');
  return result;
}

bool one_character(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [&](char one) { return one == text.front(); });
}

std::string peppered(std::string_view password, std::string_view pepper) {
  if (pepper.empty()) return std::string(password);
  crypto_auth_hmacsha256_state state;
  std::string mac(crypto_auth_hmacsha256_BYTES, '\0');
  crypto_auth_hmacsha256_init(&state, reinterpret_cast<unsigned char const*>(pepper.data()), pepper.size());
  crypto_auth_hmacsha256_update(&state, reinterpret_cast<unsigned char const*>(password.data()),
                                password.size());
  crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char*>(mac.data()));
  return mac;
}

}  // namespace

Result<> check_password(std::string_view password, std::string_view account, std::string_view field) {
  if (!valid_utf8(password) || characters(password) > password_most)
    return refuse(Why::invalid, field, "a password has at most {} characters", password_most);
  if (characters(password) < password_least)
    return refuse(Why::invalid, field, "a password has at least {} characters", password_least);
  auto const plain = lower(password);
  auto const name = lower(account);
  bool const named =
      name.size() >= 3 && plain.find(name) != std::string::npos && plain.size() < name.size() + 6;
  if (named || one_character(plain) || std::find(common.begin(), common.end(), plain) != common.end())
    return refuse(Why::invalid, field, "this password is too easy to guess");
  return {};
}

std::string hash_password(std::string_view password, PasswordCost cost, std::string_view pepper) {
  random_bytes(1);  // prepares the library
  auto const secret = peppered(password, pepper);
  std::array<char, crypto_pwhash_STRBYTES> text{};
  if (crypto_pwhash_str_alg(text.data(), secret.data(), secret.size(), cost.passes, cost.memory_bytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0)
    throw std::bad_alloc();
  return text.data();
}

bool verify_password(std::string_view hash, std::string_view password, PasswordCost cost,
                     std::string_view pepper) {
  if (hash.empty()) {
    hash_password(password, cost, pepper);
    return false;
  }
  auto const secret = peppered(password, pepper);
  return crypto_pwhash_str_verify(std::string(hash).c_str(), secret.data(), secret.size()) == 0;
}

bool needs_rehash(std::string_view hash, PasswordCost cost) {
  return crypto_pwhash_str_needs_rehash(std::string(hash).c_str(), cost.passes, cost.memory_bytes) != 0;
}

}  // namespace yunzhi::access
