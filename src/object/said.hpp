// Which details somebody has asked for: those that are not as they are by themselves.
#pragma once

namespace cm::object {

/// Copies into `out` those of the fields that `said` does not have as a new Details has them.
template <class Details, class... Fields>
void keep_said(Details const& said, Details& out, Fields Details::*... fields) {
    Details const unsaid{};
    auto const keep = [&](auto field) {
        if (!(said.*field == unsaid.*field)) out.*field = said.*field;
    };
    (keep(fields), ...);
}

}  // namespace cm::object
