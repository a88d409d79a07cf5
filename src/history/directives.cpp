// See directives.hpp.
#include "history/directives.hpp"

#include "base/text.hpp"
#include "history/script_text.hpp"
#include "sql/directive.hpp"

namespace cm::history {
namespace {

void check(sql::Directive const& directive, FileId file, Diagnostics& diagnostics) {
    Span const at{file, directive.begin, directive.end};
    std::vector<std::string_view> const known{sql::allow, sql::no_transaction};
    auto const words = directive.words;
    // Whether there is such a rule, and why, is for `lint` to say.
    if (words.starts_with(sql::allow) && words.size() > sql::allow.size() &&
        words[sql::allow.size()] == ' ') {
        return;
    }
    if (words == sql::allow) {
        diagnostics.error("CM0064", at, "`cm-migrate: allow` names no rule")
            .help("write `-- cm-migrate: allow RULE REASON`");
    } else if (directive.words != sql::no_transaction) {
        auto& diagnostic =
            directive.words.empty()
                ? diagnostics.error("CM0064", at, "`cm-migrate:` is not followed by a directive")
                : diagnostics.error("CM0064", at, "unknown directive `cm-migrate: {}`",
                                    shortened(std::string(directive.words)));
        auto const first = directive.words.substr(0, directive.words.find_first_of(" \t"));
        auto const meant = did_you_mean(first, known);
        if (meant) {
            diagnostic.help("did you mean `-- cm-migrate: {}`?", *meant);
        } else {
            diagnostic.help(
                "the directives are {}; other comments must not begin with `cm-migrate:`",
                quoted_list(known));
        }
    } else if (!directive.is_line_comment) {
        diagnostics.error("CM0064", at, "this must be a single-line comment")
            .help("write it as `-- cm-migrate: {}`", directive.words);
    } else if (!directive.is_in_head) {
        diagnostics.error("CM0064", at, "`cm-migrate: {}` has no effect here", directive.words)
            .help("put it above the first statement of the file");
    }
}

void check(FileId file, SourceMap const& sources, Diagnostics& diagnostics) {
    for (auto const& directive : sql::find_directives(sources.text(file))) {
        check(directive, file, diagnostics);
    }
}

void throw_if_wrong(Diagnostics& diagnostics) {
    if (diagnostics.has_errors()) {
        diagnostics.sort();
        throw Failure(diagnostics.all());
    }
}

}  // namespace

void check_directives(FileId file, SourceMap const& sources) {
    Diagnostics diagnostics{};
    check(file, sources, diagnostics);
    throw_if_wrong(diagnostics);
}

void check_directives(Directory const& directory, SourceMap& sources) {
    Diagnostics diagnostics{};
    for (auto const& migration : directory.migrations) {
        auto const text = without_bom(migration.script);
        // What has none, as nearly all, is not registered as a source.
        if (!sql::find_directives(text).empty()) {
            check(sources.add(migration.file, std::string(text)), sources, diagnostics);
        }
    }
    throw_if_wrong(diagnostics);
}

}  // namespace cm::history
