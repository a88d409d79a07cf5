// See diagnosis.hpp.
#include "engine/diagnosis.hpp"

namespace cm::engine {

Diagnosis diagnose(Session& session) {
    Diagnosis diagnosis{};
    diagnosis.history = compare(session);
    if (diagnosis.history.applied.empty()) {  // else there is a record
        diagnosis.unknown_history = find_unknown_history(session);
    }
    if (!diagnosis.history.missing.empty()) {
        diagnosis.drift_unknown = "migrations are missing from the folder";
        return diagnosis;
    }
    if (!diagnosis.history.failed.empty()) {
        diagnosis.drift_unknown = "a failed migration is not settled yet";
        return diagnosis;
    }
    if (diagnosis.history.applied.empty()) {
        return diagnosis;
    }
    try {
        Replay replay{session};
        auto drift = find_drift(session, replay, diagnosis.history);
        if (drift) {
            diagnosis.drift = std::move(drift->made);
        }
    } catch (Failure const& failure) {
        if (failure.exit_code() == ExitCode::interrupted) {
            throw;
        }
        diagnosis.drift_unknown = failure.what();
        auto const& notes = failure.diagnostics().front().notes;
        if (failure.exit_code() == ExitCode::cannot_connect && !notes.empty()) {
            *diagnosis.drift_unknown += ": " + notes.front();
        }
    }
    return diagnosis;
}

}  // namespace cm::engine
