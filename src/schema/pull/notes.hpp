// What has to be said beside the models: above them in the file, and on the terminal.
#pragma once
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "schema/pull/draft.hpp"
#include "schema/unmanaged.hpp"

namespace cm::schema {

/// Comments above the models that are new in the file.
void add_notes(Draft& draft, std::vector<Unmanaged> const& unmanaged);

/// Warnings about all of it, one a sort: CM0531 (only in the database), CM0532 (types), CM0533
/// (keys), CM0534 (names).
std::vector<Diagnostic> warnings(Draft const& draft, std::vector<Unmanaged> const& unmanaged);

/// A line for each kind: «check constraint: `accounts.positive` and `accounts.known`».
std::vector<std::string> notes_of(std::vector<Unmanaged> const& unmanaged);

/// Less what the draft does say: views and conditions of indexes, if they are read.
std::vector<Unmanaged> without_said(std::vector<Unmanaged> unmanaged, DraftOptions const& options,
                                    bool views_are_read);

}  // namespace cm::schema
