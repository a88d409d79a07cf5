// What differs from one run of a transcript to the next, and what is shown in its place.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cm::test {

/// Replaces, in this order: the given texts (longest first), then by pattern
///   127.0.0.1:<any port> → 127.0.0.1:5432   times → <time>   uuids → <uuid>   `12 ms`, `3.1 s` →
///   <duration> SHA-256 → <checksum>   pid 123 → pid <pid>   cm_migrate_scratch_… →
///   cm_migrate_scratch_<id>
/// Names of migrations are kept: CM_MIGRATE_NOW makes them the same in every run.
std::string normalize(std::string text,
                      std::vector<std::pair<std::string, std::string>> replacements);

/// The given texts alone.
std::string replaced(std::string text,
                     std::vector<std::pair<std::string, std::string>> replacements);

}  // namespace cm::test
