# Packages of the component `program`: `cpack -G DEB`, and what cmake/release.sh makes a portable folder from.

# The portable folder has its shared libraries with it. RPATH, not RUNPATH: the latter would not count for what the
# libraries need themselves. Linked from what is compiled anyway, and only when it is asked for.
add_executable(cm-migrate-portable EXCLUDE_FROM_ALL src/main.cpp)
target_link_libraries(cm-migrate-portable PRIVATE cm_command)
cm_configure_target(cm-migrate-portable)
target_link_options(cm-migrate-portable PRIVATE ${CM_PROGRAM_LINK_OPTIONS} -s LINKER:--disable-new-dtags)
set_target_properties(cm-migrate-portable PROPERTIES BUILD_RPATH "$ORIGIN/../lib/cm-migrate")

set(CPACK_PACKAGE_NAME cm-migrate)
set(CPACK_PACKAGE_VENDOR "cm-migrate")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGE_DESCRIPTION
"Compares a declared schema (the Prisma schema language) with a PostgreSQL
database, writes the difference as a migration that people can read, and
applies migrations in order, each in one transaction with its record.
Commands and files of Prisma Migrate work unchanged; no Node is needed.")
set(CPACK_COMPONENT_PROGRAM_DESCRIPTION "${CPACK_PACKAGE_DESCRIPTION}")
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL program)
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)

# libpq is loaded when it is needed, so that no tool can see it: its package is named here, those of the rest are found.
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME cm-migrate)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "The cm-migrate authors <cm-migrate@packages.invalid>" CACHE STRING
    "Who answers for the Debian package")
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libpq5 (>= 12)")
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SECTION database)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "postgresql, bash-completion")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_PRE_BUILD_SCRIPTS ${PROJECT_SOURCE_DIR}/cmake/DebianLayout.cmake)
include(CPack)
