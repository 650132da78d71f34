# Language level, launcher, linker, warnings, hardening and sanitizers for every target of the product.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_CXX_FLAGS_RELEASE "-O2")
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")
option(YUNZHI_SANITIZE "Build with AddressSanitizer and UndefinedBehaviorSanitizer" OFF)

option(YUNZHI_FUZZ "Build the libFuzzer targets, with clang" OFF)

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

# Tests of the sanitized build carry its name, since script/test runs both builds' tests together.
set(YUNZHI_TEST_PREFIX "")
if(YUNZHI_SANITIZE)
  set(YUNZHI_TEST_PREFIX "asan/")
endif()

add_compile_options(-fstack-protector-strong)
add_compile_definitions(_GLIBCXX_ASSERTIONS)
if(YUNZHI_SANITIZE)
  # vptr checks need type information that SOCI's libraries do not export.
  add_compile_options(-fsanitize=address,undefined -fno-sanitize=vptr -fno-sanitize-recover=all
                      -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()

if(YUNZHI_FUZZ)
  add_compile_options(-O1 -g1 -fsanitize=address,fuzzer-no-link)
  add_link_options(-fsanitize=address)
endif()

add_library(warnings INTERFACE)
# The warnings of the product are those of its own compiler.
if(NOT YUNZHI_FUZZ)
  target_compile_options(warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wold-style-cast -Wnon-virtual-dtor -Woverloaded-virtual
    -Wdouble-promotion -Wformat=2 -Werror)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 sees an overlap in every assignment of a short literal to a std::string (gcc.gnu.org bug 105329).
  target_compile_options(warnings INTERFACE $<$<CONFIG:Release>:-Wno-restrict>)
  target_compile_options(warnings INTERFACE -Wduplicated-cond -Wlogical-op)
endif()
