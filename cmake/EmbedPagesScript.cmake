# Run by cm_embed_pages at build time: FOLDER (of the pages), OUTPUT (the header).
file(GLOB pages ${FOLDER}/CM*.md)
list(SORT pages)
set(entries "")
foreach(page IN LISTS pages)
  get_filename_component(code ${page} NAME_WE)
  file(READ ${page} text)
  string(APPEND entries "    {\"${code}\", R\"cm_page(${text})cm_page\"},\n")
endforeach()
file(WRITE ${OUTPUT} "// Made from docs/reference/errors at build time.
#pragma once
#include <string_view>
namespace cm::command {
struct ErrorPage {
    std::string_view code{};
    std::string_view text{};
};
inline constexpr ErrorPage error_pages[] = {
${entries}};
}  // namespace cm::command
")
