# Turns docs/reference/errors/*.md into generated/command/error_pages.hpp, so that `cm-migrate explain` needs no files.
function(cm_embed_pages target)
  file(GLOB pages CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/docs/reference/errors/CM*.md)
  set(output ${PROJECT_BINARY_DIR}/generated/command/error_pages.hpp)
  set(script ${PROJECT_SOURCE_DIR}/cmake/EmbedPagesScript.cmake)
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DFOLDER=${PROJECT_SOURCE_DIR}/docs/reference/errors -DOUTPUT=${output} -P ${script}
    DEPENDS ${pages} ${script}
    VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()
