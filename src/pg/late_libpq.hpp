// Loading a shared library when it is first needed; late_libpq.cpp does so with libpq.
#pragma once

namespace cm::pg {

/// Throws Failure CM0419 if the library is not there.
void* open_library(char const* file);

/// Throws Failure CM0419 if the library lacks the function.
void* find_function(void* library, char const* name);

}  // namespace cm::pg
