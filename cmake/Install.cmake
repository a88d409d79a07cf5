# `cmake --install`: the program, the JSON schema of its configuration, and for programs that apply their own
# migrations one library with its headers and a CMake package (see examples/embed).

# All layers but the command line, in one archive.
set(cm_library_layers base sql dsl pg object schema history engine)
set(cm_library_objects ${cm_library_layers})
list(TRANSFORM cm_library_objects REPLACE "(.+)" "$<TARGET_OBJECTS:cm_\\1>")
add_library(cm_migrate_library STATIC ${cm_library_objects})
set_target_properties(cm_migrate_library PROPERTIES OUTPUT_NAME cm_migrate EXPORT_NAME cm_migrate
                      LINKER_LANGUAGE CXX)
target_include_directories(cm_migrate_library INTERFACE $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_compile_features(cm_migrate_library INTERFACE cxx_std_20)
target_link_libraries(cm_migrate_library PRIVATE $<BUILD_INTERFACE:cm_fmt> $<BUILD_INTERFACE:cm_libpq>
                      OpenSSL::Crypto pg_query Threads::Threads ${CMAKE_DL_LIBS})

set_source_files_properties(${PROJECT_SOURCE_DIR}/src/engine/version.cpp PROPERTIES
                            COMPILE_DEFINITIONS CM_VERSION="${PROJECT_VERSION}")

include(CMakePackageConfigHelpers)
set(cm_package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/cm_migrate)
configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/cm_migrate-config.cmake.in
                              ${PROJECT_BINARY_DIR}/cm_migrate-config.cmake
                              INSTALL_DESTINATION ${cm_package_folder})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/cm_migrate-config-version.cmake
                                 COMPATIBILITY SameMinorVersion)

install(TARGETS cm-migrate RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS cm_migrate_library EXPORT cm_migrate-targets
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT cm_migrate-targets NAMESPACE cm_migrate:: DESTINATION ${cm_package_folder})
install(FILES ${PROJECT_BINARY_DIR}/cm_migrate-config.cmake
              ${PROJECT_BINARY_DIR}/cm_migrate-config-version.cmake
        DESTINATION ${cm_package_folder})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/cm_migrate DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
        FILES_MATCHING PATTERN "*.hpp")
install(FILES ${PROJECT_SOURCE_DIR}/cmake/cm-migrate.schema.json
        DESTINATION ${CMAKE_INSTALL_DATADIR}/cm-migrate)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
