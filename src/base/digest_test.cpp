#include "base/digest.hpp"

#include <doctest/doctest.h>

using namespace yunzhi;

TEST_CASE("the digest of 'abc' is the one of FIPS 180-4") {
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
