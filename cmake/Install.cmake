# `cmake --install`: the component `program` (with man pages, completions, documentation and the JSON Schema of its
# settings) and, for programs that apply their own migrations, the component `library`: one archive with its headers and a
# CMake package (see examples/embed).

# All layers but the command line, in one archive.
set(cm_library_layers base sql dsl pg object schema history lint engine)
set(cm_library_objects ${cm_library_layers})
list(TRANSFORM cm_library_objects REPLACE "(.+)" "$<TARGET_OBJECTS:cm_\\1>")
add_library(cm_migrate_library STATIC ${cm_library_objects})
set_target_properties(cm_migrate_library PROPERTIES OUTPUT_NAME cm_migrate EXPORT_NAME cm_migrate
                      LINKER_LANGUAGE CXX)
target_include_directories(cm_migrate_library INTERFACE $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_compile_features(cm_migrate_library INTERFACE cxx_std_20)
target_link_libraries(cm_migrate_library PRIVATE $<BUILD_INTERFACE:cm_fmt> $<BUILD_INTERFACE:cm_spdlog>
                      $<BUILD_INTERFACE:cm_libpq>
                      OpenSSL::Crypto pg_query Threads::Threads ${CMAKE_DL_LIBS})

set_source_files_properties(${PROJECT_SOURCE_DIR}/src/engine/version.cpp PROPERTIES
                            COMPILE_DEFINITIONS CM_VERSION="${PROJECT_VERSION}")

set(CMAKE_INSTALL_DOCDIR ${CMAKE_INSTALL_DATAROOTDIR}/doc/cm-migrate)

include(CMakePackageConfigHelpers)
set(cm_package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/cm_migrate)
configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/cm_migrate-config.cmake.in
                              ${PROJECT_BINARY_DIR}/cm_migrate-config.cmake
                              INSTALL_DESTINATION ${cm_package_folder})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/cm_migrate-config-version.cmake
                                 COMPATIBILITY SameMinorVersion)

install(TARGETS cm_migrate_library EXPORT cm_migrate-targets
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT library)
install(EXPORT cm_migrate-targets NAMESPACE cm_migrate:: DESTINATION ${cm_package_folder} COMPONENT library)
install(FILES ${PROJECT_BINARY_DIR}/cm_migrate-config.cmake
              ${PROJECT_BINARY_DIR}/cm_migrate-config-version.cmake
        DESTINATION ${cm_package_folder} COMPONENT library)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/cm_migrate DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT library
        FILES_MATCHING PATTERN "*.hpp")

# Man pages and completions say what the program takes, so the program writes them.
set(cm_manual ${PROJECT_BINARY_DIR}/manual)
set(cm_settings_schema ${PROJECT_SOURCE_DIR}/cmake/cm-migrate.schema.json)
add_custom_command(OUTPUT ${cm_manual}/cm-migrate.1
                   COMMAND cm-migrate manual ${cm_manual} --settings ${cm_settings_schema}
                   DEPENDS cm-migrate ${cm_settings_schema} VERBATIM)
add_custom_target(cm_manual ALL DEPENDS ${cm_manual}/cm-migrate.1)

install(TARGETS cm-migrate RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
install(DIRECTORY ${cm_manual}/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program
        FILES_MATCHING PATTERN "*.1")
install(FILES ${cm_manual}/cm-migrate.json.5 DESTINATION ${CMAKE_INSTALL_MANDIR}/man5 COMPONENT program)
install(FILES ${cm_manual}/cm-migrate.bash RENAME cm-migrate
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT program)
install(FILES ${cm_manual}/_cm-migrate
        DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions COMPONENT program)
install(FILES ${cm_manual}/cm-migrate.fish
        DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT program)
install(FILES ${cm_settings_schema} DESTINATION ${CMAKE_INSTALL_DATADIR}/cm-migrate COMPONENT program)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/docs/reference/json
        DESTINATION ${CMAKE_INSTALL_DATADIR}/cm-migrate COMPONENT program)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/docs DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program)
install(FILES ${PROJECT_SOURCE_DIR}/README.md ${PROJECT_SOURCE_DIR}/LICENSE
        DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program)
