// Lists that PostgreSQL has cast as a whole, as of `status IN ('a', 'b')` where `status` is
// character varying.
#pragma once
#include <string>
#include <string_view>

namespace cm::sql {

/// Printed are they `(ARRAY['a'::character varying, 'b'::character varying])::text[]`, which
/// PostgreSQL reads as a list whose elements are cast one by one (parse_expr.c, transformTypeCast:
/// a cast of ARRAY[…] is handed down to it), and stores and prints otherwise from then on. With the
/// list's own type between, `(ARRAY[…]::character varying[])::text[]`, it is stored as it was.
std::string with_whole_casts(std::string_view text);

}  // namespace cm::sql
