// Collecting and throwing diagnostics.
#include "base/diagnostic.hpp"

#include <algorithm>
#include <tuple>

namespace cm {

Diagnostic& Diagnostic::label(Span span, std::string text) & {
    secondary.push_back({span, std::move(text)});
    return *this;
}

Diagnostic&& Diagnostic::label(Span span, std::string text) && {
    return std::move(label(span, std::move(text)));
}

Diagnostic& Diagnostic::about(Facts const& known) & {
    auto& all = facts.get();
    if (!known.sqlstate.empty()) all.sqlstate = known.sqlstate;
    if (!known.migration.empty()) all.migration = known.migration;
    if (known.statement != 0) all.statement = known.statement;
    if (known.process != 0) all.process = known.process;
    return *this;
}

Diagnostic&& Diagnostic::about(Facts const& known) && {
    return std::move(about(known));
}

Diagnostic& Diagnostics::add(Diagnostic diagnostic) {
    diagnostic.stage = stage_;
    diagnostic.message = shortened(std::move(diagnostic.message));
    has_errors_ = has_errors_ || diagnostic.severity == Severity::error;
    if (all_.size() < kept) return all_.emplace_back(std::move(diagnostic));
    ++left_out_;
    return last_left_out_ = std::move(diagnostic);
}

void Diagnostics::sort() {
    auto const place = [](Diagnostic const& d) {
        return d.primary ? std::tuple{d.stage, 1, d.primary->span.file, d.primary->span.begin}
                         : std::tuple{d.stage, 0, FileId{}, std::uint32_t{}};
    };
    std::stable_sort(all_.begin(), all_.end(),
                     [&](auto const& a, auto const& b) { return place(a) < place(b); });
}

Failure::Failure(Diagnostic diagnostic, ExitCode exit_code) : exit_code_(exit_code) {
    diagnostics_.push_back(std::move(diagnostic));
}

Failure::Failure(std::vector<Diagnostic> diagnostics, ExitCode exit_code)
    : diagnostics_(std::move(diagnostics)), exit_code_(exit_code) {}

Failure Failure::about(Facts const& known) const {
    auto failure = *this;
    if (!failure.diagnostics_.empty()) failure.diagnostics_.front().about(known);
    return failure;
}

char const* Failure::what() const noexcept {
    return diagnostics_.empty() ? "failure" : diagnostics_.front().message.c_str();
}

}  // namespace cm
