# Writes STEM.hpp, STEM.cpp and STEM.S for the files below ROOT that match PATTERNS; see embed.cmake. The digest
# of every file stands in the assembler text, so that a changed file is a changed source.
cmake_minimum_required(VERSION 3.25)
set(text_types js css html svg json txt webmanifest)
set(skipped_types map eot ttf br gz)
set(type_js "text/javascript; charset=utf-8")
set(type_css "text/css; charset=utf-8")
set(type_html "text/html; charset=utf-8")
set(type_txt "text/plain; charset=utf-8")
set(type_json "application/json")
set(type_webmanifest "application/manifest+json")
set(type_svg "image/svg+xml")
set(type_png "image/png")
set(type_jpg "image/jpeg")
set(type_ico "image/x-icon")
set(type_webp "image/webp")
set(type_woff "font/woff")
set(type_woff2 "font/woff2")

function(write_changed path content)
  if(EXISTS ${path})
    file(READ ${path} present)
  endif()
  if(NOT "${present}" STREQUAL "${content}")
    file(WRITE ${path} "${content}")
  endif()
endfunction()

# Adds one blob to the assembler text; VIEW in the caller becomes the C++ expression of its bytes.
function(add_blob path digest)
  file(SIZE ${path} size)
  set(name embedded_${SYMBOL}_${count})
  set(assembler "${assembler}// ${digest}\n.global ${name}\n.hidden ${name}\n.balign 16\n${name}:\n.incbin \"${path}\"\n"
      PARENT_SCOPE)
  set(declarations "${declarations}extern \"C\" char const ${name}[];\n" PARENT_SCOPE)
  set(view "{${name}, ${size}}" PARENT_SCOPE)
  math(EXPR next "${count} + 1")
  set(count ${next} PARENT_SCOPE)
endfunction()

# A compressed copy beside the table, kept by digest; `copy` is empty when it is not worth its bytes.
function(compress path digest suffix)
  set(copy ${STEM}.packed/${digest}.${suffix})
  if(NOT EXISTS ${copy})
    file(MAKE_DIRECTORY ${STEM}.packed)
    execute_process(COMMAND ${ARGN} ${path} OUTPUT_FILE ${copy}.part RESULT_VARIABLE failed)
    if(failed)
      file(REMOVE ${copy}.part)
      message(FATAL_ERROR "cannot compress ${path}: ${ARGN} says ${failed}")
    endif()
    file(RENAME ${copy}.part ${copy})
  endif()
  file(SIZE ${path} plain_size)
  file(SIZE ${copy} packed_size)
  if(packed_size LESS plain_size)
    set(copy ${copy} PARENT_SCOPE)
  else()
    set(copy "" PARENT_SCOPE)
  endif()
endfunction()

string(REPLACE "|" ";" patterns "${PATTERNS}")
list(TRANSFORM patterns PREPEND "${ROOT}/")
set(files "")
if(IS_DIRECTORY ${ROOT})
  file(GLOB_RECURSE files LIST_DIRECTORIES false RELATIVE ${ROOT} ${patterns})
  list(SORT files)
endif()
set(count 0)
set(rows "")
set(declarations "")
set(assembler "// Made by cmake/embed_table.cmake.\n.section .rodata\n")

foreach(file IN LISTS files)
  get_filename_component(extension ${file} LAST_EXT)
  string(REPLACE "." "" extension "${extension}")
  if(KIND STREQUAL "assets" AND extension IN_LIST skipped_types)
    continue()
  endif()
  file(SHA256 ${ROOT}/${file} digest)
  add_blob(${ROOT}/${file} ${digest})
  if(KIND STREQUAL "texts")
    string(APPEND rows "    {\"${file}\", ${view}},\n")
    continue()
  endif()
  set(plain "${view}")
  set(brotli_view "{}")
  set(gzip_view "{}")
  if(extension IN_LIST text_types)
    if(BROTLI)
      compress(${ROOT}/${file} ${digest} br ${BROTLI} --quality=11 --stdout)
      if(copy)
        add_blob(${copy} ${digest})
        set(brotli_view "${view}")
      endif()
    endif()
    if(GZIP)
      compress(${ROOT}/${file} ${digest} gz ${GZIP} -9 --no-name --stdout)
      if(copy)
        add_blob(${copy} ${digest})
        set(gzip_view "${view}")
      endif()
    endif()
  endif()
  set(type "application/octet-stream")
  if(DEFINED type_${extension})
    set(type "${type_${extension}}")
  endif()
  string(SUBSTRING ${digest} 0 16 tag)
  string(APPEND rows "    {\"/${file}\", \"${type}\", \"${tag}\", ${plain}, ${brotli_view}, ${gzip_view}},\n")
endforeach()
string(APPEND assembler ".section .note.GNU-stack,\"\",@progbits\n")

if(KIND STREQUAL "assets")
  set(row "http::Asset")
  set(include "#include \"http/assets.hpp\"\n")
  set(definition "")
else()
  set(row "Text")
  set(include "#include \"embedded/text.hpp\"\n")
  get_filename_component(folder ${STEM} DIRECTORY)
  write_changed(${folder}/text.hpp "// One embedded file. Made by cmake/embed_table.cmake.
#pragma once

#include <string_view>

namespace yunzhi::embedded {

struct Text {
  std::string_view name;  ///< path below the folder it was collected from
  std::string_view bytes;
};

}  // namespace yunzhi::embedded
")
endif()
if(rows)
  set(body "  static ${row} const table[] = {\n${rows}  };\n  return table;\n")
else()
  set(body "  return {};\n")
endif()
write_changed(${STEM}.hpp "// Embedded files. Made by cmake/embed_table.cmake.
#pragma once

#include <span>

${include}
namespace yunzhi::embedded {

std::span<${row} const> ${SYMBOL}();

}  // namespace yunzhi::embedded
")
write_changed(${STEM}.cpp "// Embedded files. Made by cmake/embed_table.cmake.
#include \"embedded/${SYMBOL}.hpp\"

${declarations}
namespace yunzhi::embedded {

std::span<${row} const> ${SYMBOL}() {
${body}}

}  // namespace yunzhi::embedded
")
write_changed(${STEM}.S "${assembler}")
