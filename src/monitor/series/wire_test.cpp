#include "monitor/series/wire.hpp"

#include <doctest/doctest.h>

using namespace yunzhi::monitor;

TEST_CASE("the checksum is CRC-32C") {
  CHECK(crc32c("123456789") == 0xe3069283U);  // RFC 3720, B.4 has the polynomial; this is its check value
  CHECK(crc32c("") == 0);
  CHECK(crc32c(std::string(32, '\0')) == 0x8a9136aaU);
}

TEST_CASE("numbers come back as they were written, and past the end there is nothing") {
  std::string bytes;
  put_u32(bytes, 0x01020304U);
  put_u64(bytes, ~std::uint64_t{0});
  put_varint(bytes, 300);
  put_varint(bytes, ~std::uint64_t{0});
  put_signed(bytes, -1);
  put_signed(bytes, INT64_MIN);
  put_text(bytes, "text");
  CHECK(bytes.substr(0, 4) == "\x04\x03\x02\x01");
  Cursor cursor(bytes);
  CHECK(cursor.u32() == 0x01020304U);
  CHECK(cursor.u64() == ~std::uint64_t{0});
  CHECK(cursor.varint() == 300);
  CHECK(cursor.varint() == ~std::uint64_t{0});
  CHECK(cursor.signed_number() == -1);
  CHECK(cursor.signed_number() == INT64_MIN);
  CHECK(cursor.text() == "text");
  CHECK(cursor.ok());
  CHECK(cursor.at_end());
  CHECK(cursor.u64() == 0);
  CHECK_FALSE(cursor.ok());
}
