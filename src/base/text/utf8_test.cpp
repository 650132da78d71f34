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

TEST_CASE("bytes that are no text are replaced one by one, whole characters stay") {
  CHECK(mended_utf8("磁盘\xff\x80 ok\xe7\xa3") == "磁盘\xef\xbf\xbd\xef\xbf\xbd ok\xef\xbf\xbd\xef\xbf\xbd");
  CHECK(mended_utf8("") == "");
}

TEST_CASE("a text is cut to a number of bytes between its characters") {
  CHECK(first_bytes("磁盘", 6) == "磁盘");
  CHECK(first_bytes("磁盘", 5) == "磁");
  CHECK(first_bytes("磁盘", 2) == "");
}
