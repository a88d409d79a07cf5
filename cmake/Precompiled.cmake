# Headers that nearly every file needs; heavy ones of other libraries stay out (see docs/internals/architecture.md). By their
# names alone: a path in the precompiled header would keep ccache from using it in another checkout.
set(CM_PRECOMPILED_HEADERS <algorithm> <compare> <cstdint> <filesystem> <functional> <map> <memory> <optional> <set>
    <span> <string> <string_view> <tuple> <utility> <variant> <vector> <fmt/format.h>)
