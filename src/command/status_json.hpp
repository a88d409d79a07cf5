// What `status --json` prints.
#pragma once
#include "command/json_output.hpp"
#include "command/next_steps.hpp"
#include "engine/diagnosis.hpp"

namespace cm::command {

/// `stopped`, `undone` and `notVerified` are sentences for those who only show them; what they
/// consist of comes behind.
JsonObject status_fields(engine::Diagnosis const& diagnosis, NextSteps const& next);

}  // namespace cm::command
