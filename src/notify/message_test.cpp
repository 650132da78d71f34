#include "notify/message.hpp"

#include <doctest/doctest.h>

using namespace yunzhi::notify;

TEST_CASE("a text is said in the language there is a translation for, else in English") {
  Catalogue const catalogue({{"zh-CN", {{"{} was assigned to you", "{}已分派给您"}}}});
  Text const text{"{} was assigned to you", {"INC-1"}};
  CHECK(catalogue.render(text, "zh-CN") == "INC-1已分派给您");
  CHECK(catalogue.render(text, "en") == "INC-1 was assigned to you");
  CHECK(catalogue.render({"other", {}}, "zh-CN") == "other");
}

TEST_CASE("arguments come back as they were packed and damage gives none") {
  CHECK(unpack_arguments(pack_arguments({"a\"b", "张"})) == std::vector<std::string>{"a\"b", "张"});
  CHECK(unpack_arguments("{").empty());
}
