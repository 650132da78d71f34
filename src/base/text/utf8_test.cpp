#include "base/text/utf8.hpp"

#include <doctest/doctest.h>

using namespace yunzhi;

TEST_CASE("Chinese text is valid and counted in characters") {
  CHECK(valid_utf8("磁盘空间不足"));
  CHECK(characters("磁盘空间不足") == 6);
  CHECK(first_characters("磁盘空间", 2) == "磁盘");
  CHECK(first_characters("磁盘", 9) == "磁盘");
}

TEST_CASE("overlong forms, surrogates and cut sequences are not valid") {
  for (auto const* text : {"\xc0\xaf", "\xed\xa0\x80", "\xe7\xa3", "\xff", "\xf4\x90\x80\x80", "\x80"})
    CHECK_FALSE(valid_utf8(text));
}
