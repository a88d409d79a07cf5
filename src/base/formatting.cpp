// The compiled part of fmt. Debian has it as a shared library only, and each library that has to be
// loaded is felt at every start of the program.
#include <fmt/format-inl.h>

namespace fmt::detail {

template auto locale_ref::get<std::locale>() const -> std::locale;
template auto thousands_sep_impl(locale_ref) -> thousands_sep_result<char>;
template auto decimal_point_impl(locale_ref) -> char;

}  // namespace fmt::detail
