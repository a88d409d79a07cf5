# Run by cm_embed_sql at build time: INPUT (x.sql), OUTPUT (x.sql.hpp), NAME (the variable).
file(READ ${INPUT} text)
file(WRITE ${OUTPUT} "// Made from an .sql file at build time.
#pragma once
#include <string_view>
namespace cm::sql_text {
inline constexpr std::string_view ${NAME} = R\"cm_sql(${text})cm_sql\";
}
")
