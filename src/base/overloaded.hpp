// Visiting closed variants. `match` refuses a missing case with a short message at the call.
#pragma once
#include <utility>
#include <variant>

namespace cm {

template <class... Cases>
struct overloaded : Cases... {
    using Cases::operator()...;
};

template <class... Cases>
overloaded(Cases...) -> overloaded<Cases...>;

namespace detail {
template <class Visitor, class Variant>
inline constexpr bool covers = false;
template <class Visitor, class... Ts>
inline constexpr bool covers<Visitor, std::variant<Ts...>> =
    (std::is_invocable_v<Visitor, Ts const&> && ...);
}  // namespace detail

/// std::visit with the cases written in place; each alternative of the variant needs one.
template <class... Ts, class... Cases>
requires detail::covers<overloaded<Cases...>, std::variant<Ts...>>

decltype(auto) match(std::variant<Ts...> const& value, Cases... cases) {
    return std::visit(overloaded<Cases...>{std::move(cases)...}, value);
}

}  // namespace cm
