// The order of the passes from syntax to meaning; each has its own file here.
#include "dsl/dsl.hpp"
#include "dsl/resolve/resolution.hpp"

namespace cm::dsl {

DataModel resolve(Document const& document, Naming const& naming, Diagnostics& diagnostics) {
    Resolution resolution{document, naming, diagnostics};
    resolve_datasource(resolution);
    resolve_generators(resolution);
    declare_types(resolution);
    resolve_enums(resolution);
    resolve_fields(resolution);
    resolve_composite_types(resolution);
    resolve_defaults(resolution);
    resolve_indexes(resolution);
    resolve_relations(resolution);
    add_foreign_key_indexes(resolution);
    return std::move(resolution.model);
}

DataModel read(SourceMap const& sources, std::vector<FileId> const& files, Naming const& naming,
               Diagnostics& diagnostics) {
    auto model = resolve(parse(sources, files, diagnostics), naming, diagnostics);
    check(model, diagnostics);
    return model;
}

}  // namespace cm::dsl
