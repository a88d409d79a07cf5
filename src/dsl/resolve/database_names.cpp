// PostgreSQL cuts names after 63 bytes: what is longer would never be found again, and would be
// dropped and made anew by every migration.
#include "dsl/naming.hpp"
#include "dsl/resolve/resolution.hpp"
#include "dsl/stage.hpp"

namespace cm::dsl {

std::string name_in_database(Resolution& resolution, std::string_view name, bool is_mapped,
                             Span span) {
    auto kept = kept_name(name);
    if (kept.size() == name.size()) return kept;
    InStage const in_stage(Stage::rules, resolution.diagnostics);
    resolution.diagnostics
        .warning("CM0273", span, "PostgreSQL will truncate the name `{}` to {} bytes", name,
                 kept.size())
        .help("{}",
              is_mapped ? "choose a shorter one" : "give it a shorter one with `@map` or `@@map`");
    return kept;
}

}  // namespace cm::dsl
