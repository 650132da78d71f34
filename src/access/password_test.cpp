#include "access/password.hpp"

#include <doctest/doctest.h>

using namespace yunzhi;
using namespace yunzhi::access;

namespace {
constexpr PasswordCost cheap{8192, 1};
}

TEST_CASE("a password fits its hash, with the pepper it was made with, and nothing else") {
  auto const hash = hash_password("open sesame please", cheap, "pepper");
  CHECK(hash.starts_with("$argon2id$"));
  CHECK(verify_password(hash, "open sesame please", cheap, "pepper"));
  CHECK_FALSE(verify_password(hash, "open sesame please!", cheap, "pepper"));
  CHECK_FALSE(verify_password(hash, "open sesame please", cheap, "other"));
  CHECK_FALSE(verify_password("", "open sesame please", cheap, "pepper"));
  CHECK_FALSE(verify_password("nonsense", "x", cheap, ""));
}

TEST_CASE("short, long, common and self-naming passwords are refused") {
  auto const fits = [](std::string const& password) {
    return check_password(password, "zhangwei", "").has_value();
  };
  CHECK(fits("一二三四五六七八九十"));
  CHECK(fits("correct horse battery"));
  CHECK_FALSE(fits("short"));
  CHECK_FALSE(fits(std::string(257, 'a') + "b"));
  CHECK_FALSE(fits("Password123"));
  CHECK_FALSE(fits("aaaaaaaaaaaa"));
  CHECK_FALSE(fits("zhangwei12"));
  CHECK_FALSE(fits("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"));
}

TEST_CASE("a hash made more cheaply is due to be made again") {
  CHECK_FALSE(needs_rehash(hash_password("open sesame please", cheap, ""), cheap));
  CHECK(needs_rehash(hash_password("open sesame please", cheap, ""), {16384, 2}));
}
