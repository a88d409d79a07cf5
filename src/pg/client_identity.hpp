// Prisma's `sslidentity`: a client's certificate and key in one PKCS#12 file, which libpq cannot
// read.
#pragma once
#include <map>
#include <string>

namespace cm::pg {

/// Puts `sslcert` and `sslkey` in the place of `sslidentity` and its `sslpassword`: files without a
/// name that live in memory as long as this process. Throws Failure CM0401.
void translate_identity(std::map<std::string, std::string>& parameters);

}  // namespace cm::pg
