# The libraries cm-migrate stands on, all of them Debian packages (see docs/internals/contributing.md).
find_package(PkgConfig REQUIRED)
find_package(fmt 9 REQUIRED)
find_package(nlohmann_json 3 REQUIRED)
find_package(CLI11 2 REQUIRED)
# The few functions that are used go into the program: it is to need nothing but the C library at its start.
set(OPENSSL_USE_STATIC_LIBS TRUE)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(Threads REQUIRED)
pkg_check_modules(LIBPQ REQUIRED IMPORTED_TARGET libpq)
# Of these two the headers alone: fmt's code is in src/base/formatting.cpp, and src/pg/late_libpq.cpp loads libpq.
add_library(cm_fmt INTERFACE)
target_include_directories(cm_fmt SYSTEM INTERFACE
                           $<BUILD_INTERFACE:$<TARGET_PROPERTY:fmt::fmt,INTERFACE_INCLUDE_DIRECTORIES>>)
add_library(cm_libpq INTERFACE)
target_include_directories(cm_libpq SYSTEM INTERFACE $<BUILD_INTERFACE:${LIBPQ_INCLUDE_DIRS}>)
target_link_libraries(cm_libpq INTERFACE ${CMAKE_DL_LIBS})
# Headers alone as well, and in src/base/log.cpp only.
find_path(SPDLOG_INCLUDE spdlog/spdlog.h REQUIRED)
add_library(cm_spdlog INTERFACE)
target_include_directories(cm_spdlog SYSTEM INTERFACE $<BUILD_INTERFACE:${SPDLOG_INCLUDE}>)
find_path(PG_QUERY_INCLUDE pg_query.h REQUIRED)
find_library(PG_QUERY_LIBRARY NAMES libpg_query.a pg_query REQUIRED)
add_library(pg_query INTERFACE IMPORTED)
target_include_directories(pg_query INTERFACE ${PG_QUERY_INCLUDE})
target_link_libraries(pg_query INTERFACE ${PG_QUERY_LIBRARY} Threads::Threads)

# ccache needs to be told that a precompiled header may be used across builds.
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      ${CCACHE_PROGRAM})
endif()

# Many test programs are linked again after each change: a quick linker saves minutes where one is installed.
# Releases keep the compiler's own.
find_program(QUICK_LINKER NAMES ld.mold ld.lld)
if(QUICK_LINKER AND NOT CMAKE_BUILD_TYPE STREQUAL "Release")
  cmake_path(GET QUICK_LINKER EXTENSION LAST_ONLY linker)
  string(REPLACE "." "-fuse-ld=" linker ${linker})
  add_link_options(${linker})
endif()
