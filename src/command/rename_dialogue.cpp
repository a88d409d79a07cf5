// See rename_dialogue.hpp.
#include "command/rename_dialogue.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <set>

#include "base/text.hpp"
#include "engine/rename_stakes.hpp"

namespace cm::command {
namespace {

using schema::RenameCandidate;
using schema::RenamedKind;
using Candidates = std::vector<RenameCandidate>;

bool is_part(RenameCandidate const& candidate) {
    return candidate.kind == RenamedKind::column || candidate.kind == RenamedKind::value;
}

/// `users.name`
std::string old_name(RenameCandidate const& candidate) {
    return is_part(candidate) ? fmt::format("{}.{}", candidate.object.name, candidate.from)
                              : candidate.from;
}

std::string what_is_lost(std::optional<std::int64_t> rows, RenameCandidate const& candidate) {
    if (!rows) return {};
    auto const count = fmt::format("{} {}", grouped(*rows), *rows == 1 ? "row" : "rows");
    return candidate.kind == RenamedKind::column
               ? count + (*rows == 1 ? " has" : " have") + " a value in it"
               : count;
}

/// A candidate, and what is at stake.
struct Question {
    RenameCandidate candidate{};
    std::optional<std::int64_t> rows{};
};

std::string described(Question const& question) {
    auto reasons = question.candidate.reasons;
    if (auto lost = what_is_lost(question.rows, question.candidate); !lost.empty())
        reasons.push_back(std::move(lost));
    return fmt::format("the {} `{}` may have become `{}`{}", word_of(question.candidate.kind),
                       old_name(question.candidate), question.candidate.to,
                       reasons.empty() ? "" : fmt::format(" ({})", fmt::join(reasons, ", ")));
}

class RenameDialogue {
  public:
    RenameDialogue(Context& context, RenameQuestion const& question,
                   engine::Declaration& declaration, std::function<engine::Change()> const& next)
        : context_(context), question_(question), declaration_(declaration), next_(next) {}

    engine::Change run() {
        declaration_.renames = rename_flags(question_.options);
        auto change = next_();
        if (question_.options.none) return change;
        for (auto open = questions_about(change); !open.empty(); open = questions_about(change)) {
            if (question_.accepts_loss) {
                report_candidates(context_, candidates_of(open), question_.bare);
                return change;
            }
            if (!context_.terminal.is_interactive()) refuse(std::move(open));
            if (question_.is_dry_run) {
                report_candidates(context_, candidates_of(open), question_.bare);
                context_.terminal.remark("The real run asks whether they were renamed.");
                context_.terminal.remark({});
                return change;
            }
            ask(open);
            change = next_();
        }
        return change;
    }

  private:
    /// Columns of a table that may itself be another wait for the answer about that.
    std::vector<Question> questions_about(engine::Change const& change) const {
        std::vector<Question> open{};
        for (auto const& candidate : change.candidates) {
            if (!is_likely(candidate) || is_declined(candidate)) continue;
            auto const rows = engine::rows_at_stake(candidate, question_.connection);
            if (question_.passes_over_empty && rows == 0) continue;
            open.push_back({candidate, rows});
        }
        return open;
    }

    static Candidates candidates_of(std::vector<Question> const& questions) {
        Candidates all{};
        for (auto const& each : questions) all.push_back(each.candidate);
        return all;
    }

    bool is_declined(RenameCandidate const& candidate) const {
        return declined_.contains(flag_of(candidate, question_.bare).text);
    }

    void accept(RenameCandidate const& candidate) {
        declaration_.renames.push_back(flag_of(candidate, question_.bare));
    }

    void decline(RenameCandidate const& candidate) {
        declined_.insert(flag_of(candidate, question_.bare).text);
    }

    /// With those that only show once a table has its new name.
    void add_what_follows(std::vector<Question>& open) {
        auto const kept = declaration_.renames;
        for (auto more = open; !more.empty();) {
            for (auto const& each : more) accept(each.candidate);
            more = questions_about(next_());
            open.insert(open.end(), more.begin(), more.end());
        }
        declaration_.renames = kept;
    }

    [[noreturn]] void refuse(std::vector<Question> open) {
        add_what_follows(open);
        auto failure = error("CM0333",
                             "this may be a rename; the answer is needed, but standard input is "
                             "not a terminal; {}",
                             question_.done);
        std::string flags{};
        for (auto const& each : open) {
            failure.note("{}", described(each));
            flags += fmt::format(" --rename {}",
                                 shell_word(flag_of(each.candidate, question_.bare).text));
        }
        if (open.front().candidate.origin.span)
            failure.primary = Label{*open.front().candidate.origin.span, {}};
        context_.renames = to_json(candidates_of(open));
        throw Failure(std::move(failure)
                          .help("to rename, and keep the data, pass `{}`", flags.substr(1))
                          .help("to drop the old and create the new, pass `--no-renames`"),
                      ExitCode::usage);
    }

    void ask(std::vector<Question> const& open) {
        auto& terminal = context_.terminal;
        std::map<sql::QualifiedName, std::vector<Question>> by_object{};
        for (auto const& each : open) {
            by_object[is_part(each.candidate) ? each.candidate.object : sql::QualifiedName{}]
                .push_back(each);
        }
        for (auto const& [object, questions] : by_object) {
            terminal.line(object.name.empty()
                              ? std::string{"What may have been renamed:"}
                              : fmt::format("What may have been renamed in `{}`:", object.name));
            terminal.line();
            for (auto const& each : questions) terminal.line("  " + described(each));
            terminal.line();
            settle(questions);
            terminal.line();
        }
    }

    void settle(std::vector<Question> const& questions) {
        auto& terminal = context_.terminal;
        auto const answer =
            questions.size() == 1
                ? terminal.choose("Rename it, and keep the data? [y]es / [n]o:", "yn")
                : terminal.choose(
                      "Rename them, and keep the data? [y]es to all / [n]one / [o]ne "
                      "by one:",
                      "yno");
        for (auto const& each : questions) {
            auto const is_wanted =
                answer == 'y' ||
                (answer == 'o' &&
                 terminal.choose(fmt::format("Rename `{}` to `{}`? [y]es / [n]o:",
                                             old_name(each.candidate), each.candidate.to),
                                 "yn") == 'y');
            is_wanted ? accept(each.candidate) : decline(each.candidate);
        }
    }

    Context& context_;
    RenameQuestion const& question_;
    engine::Declaration& declaration_;
    std::function<engine::Change()> const& next_;
    std::set<std::string> declined_{};
};

}  // namespace

void add_rename_options(CLI::App& app, RenameOptions& options) {
    app.add_option("--rename", options.renames,
                   "What is renamed and keeps its data: TABLE.COLUMN=NEW or TABLE=NEW (repeatable)")
        ->type_name("OLD=NEW")
        ->allow_extra_args(false);
    app.add_flag("--no-renames", options.none,
                 "What looks like a rename is none: the old is dropped, the new created");
}

std::vector<schema::RenameFlag> rename_flags(RenameOptions const& options) {
    std::vector<schema::RenameFlag> flags{};
    for (auto const& text : options.renames) flags.push_back(schema::parse_rename_flag(text));
    return flags;
}

engine::Change settle_renames(Context& context, RenameQuestion const& question,
                              engine::Declaration& declaration,
                              std::function<engine::Change()> const& next) {
    return RenameDialogue{context, question, declaration, next}.run();
}

void report_candidates(Context& context, Candidates const& candidates, std::string_view bare) {
    for (auto const& candidate : candidates) {
        if (!is_likely(candidate)) continue;
        context.terminal.remark(fmt::format("Not renamed: {}. (`--rename {}` renames it.)",
                                            described({candidate, {}}),
                                            shell_word(flag_of(candidate, bare).text)));
    }
}

std::vector<JsonObject> to_json(Candidates const& candidates) {
    std::vector<JsonObject> all{};
    for (auto const& candidate : candidates) {
        JsonObject object{{"kind", std::string{word_of(candidate.kind)}}};
        if (is_part(candidate)) object.push_back({"table", candidate.object.name});
        object.push_back({"from", candidate.from});
        object.push_back({"to", candidate.to});
        object.push_back({"likelihood", candidate.likelihood});
        object.push_back({"reasons", candidate.reasons});
        all.push_back(std::move(object));
    }
    return all;
}

}  // namespace cm::command
