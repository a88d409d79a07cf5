// A rule of `cm-migrate lint` as a value: what it is called, how serious its findings are, and the
// function that looks for them. A file in src/lint/rules each; registry.cpp lists them.
#pragma once
#include <cstdint>
#include <string_view>

namespace cm::lint {

class Report;
struct Statement;

/// How serious a finding is. Only errors make `lint` fail; `--strict` counts warnings as well.
enum class Level : std::uint8_t { off, note, warning, error };

/// "warning".
std::string_view word(Level level);

/// What speaks for a rule.
enum class Family : std::uint8_t {
    lock,           ///< clients wait behind the statement
    data,           ///< rows are lost
    compatibility,  ///< programs that run against the schema before it break
    failure,        ///< the statement fails, or does not do what it says
    security,
    schema,      ///< only the schema before the statement shows it
    convention,  ///< a matter of taste; off by default
    applier,     ///< what `deploy` takes care of by itself; off by default
};

std::string_view title_of(Family family);

struct Rule {
    std::string_view code{};     ///< "CM0616"; its page is docs/reference/errors/<code>.md
    std::string_view name{};     ///< "ban-drop-column"; squawk's where it has the rule
    std::string_view summary{};  ///< one line: "Dropping a column deletes its data"
    Family family{};
    Level level = Level::warning;  ///< of its findings, where it is on
    /// Whether it finds something depends on more than the file: the server's version, the sizes
    /// of tables, the schema. Then a suppression that suppresses nothing is none to complain of.
    bool depends_on_database = false;
    /// Called for each statement of a file, in their order. Null: findings come from elsewhere.
    void (*check)(Statement const&, Report&){};
    /// A rule that says the same of a place, and more: where both find something, its finding
    /// counts.
    std::string_view gives_way_to{};
    /// The digits of the codes under which `dev` and `push` of version 0.1.0 said the same:
    /// `explain` still takes those.
    std::string_view formerly{};

    bool is_on_by_default() const {
        return family != Family::convention && family != Family::applier;
    }
};

}  // namespace cm::lint
