# Files inside the program: a static library TARGET whose header "embedded/SYMBOL.hpp" gives a table of them.
#   embed_files(TARGET FOLDER SYMBOL)             std::span<http::Asset const> embedded::SYMBOL(): a web folder,
#                                                 with brotli and gzip copies; empty when the folder is absent
#   embed_texts(TARGET SYMBOL ROOT pattern ...)   std::span<embedded::Text const> embedded::SYMBOL(): files as
#                                                 they are, named by their path below ROOT
# The table is made anew at every build and written only when it changes, so files may come and go.
find_program(BROTLI brotli)
find_program(GZIP gzip)

function(embed_table target symbol kind root patterns)
  set(folder ${CMAKE_BINARY_DIR}/generated)
  set(stem ${folder}/embedded/${symbol})
  add_custom_target(${target}_table
    COMMAND ${CMAKE_COMMAND} -DKIND=${kind} -DSYMBOL=${symbol} -DROOT=${root} "-DPATTERNS=${patterns}"
            -DSTEM=${stem} -DBROTLI=${BROTLI} -DGZIP=${GZIP} -P ${CMAKE_SOURCE_DIR}/cmake/embed_table.cmake
    BYPRODUCTS ${stem}.hpp ${stem}.cpp ${stem}.S
    COMMENT "Table of embedded ${symbol}" VERBATIM)
  set_source_files_properties(${stem}.cpp ${stem}.S PROPERTIES GENERATED TRUE)
  add_library(${target} STATIC ${stem}.cpp ${stem}.S)
  add_dependencies(${target} ${target}_table)
  target_include_directories(${target} PUBLIC ${folder} ${CMAKE_SOURCE_DIR}/src)
endfunction()

function(embed_files target folder symbol)
  embed_table(${target} ${symbol} assets ${folder} "*")
  target_link_libraries(${target} PUBLIC http)
endfunction()

function(embed_texts target symbol root)
  string(JOIN "|" patterns ${ARGN})
  embed_table(${target} ${symbol} texts ${root} "${patterns}")
endfunction()
