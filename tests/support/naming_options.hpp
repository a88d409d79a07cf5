// The `options` section of a case: what cm-migrate.json would say about names.
#pragma once
#include "dsl/naming.hpp"
#include "support/case_file.hpp"

namespace cm::test {

/// Lines `naming: snake_case` and `foreignKeyIndexes: true`; Prisma's way without the section.
dsl::Naming read_naming(CaseFile const& file);

}  // namespace cm::test
