# Turns src/<layer>/**/x.sql into generated/<layer>/**/x.sql.hpp with `constexpr std::string_view`
# in a raw string, so that catalog queries stay files which editors and linters know as SQL.
#   #include "object/table/columns.sql.hpp"   →   cm::sql_text::object_table_columns
function(cm_embed_sql target layer)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR}/src
       ${PROJECT_SOURCE_DIR}/src/${layer}/*.sql)
  foreach(file IN LISTS files)
    set(output ${PROJECT_BINARY_DIR}/generated/${file}.hpp)
    string(REGEX REPLACE "\\.sql$" "" name ${file})
    string(MAKE_C_IDENTIFIER ${name} name)
    add_custom_command(
      OUTPUT ${output}
      COMMAND ${CMAKE_COMMAND} -DINPUT=${PROJECT_SOURCE_DIR}/src/${file} -DOUTPUT=${output} -DNAME=${name}
              -P ${PROJECT_SOURCE_DIR}/cmake/EmbedSqlScript.cmake
      DEPENDS ${PROJECT_SOURCE_DIR}/src/${file} ${PROJECT_SOURCE_DIR}/cmake/EmbedSqlScript.cmake
      VERBATIM)
    target_sources(${target} PRIVATE ${output})
  endforeach()
endfunction()
