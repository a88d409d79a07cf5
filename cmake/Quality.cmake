# Developer targets: format, format-check, lint, and check, which is all that a change has to pass.
file(GLOB_RECURSE cm_written_files CONFIGURE_DEPENDS
     ${PROJECT_SOURCE_DIR}/src/*.cpp ${PROJECT_SOURCE_DIR}/src/*.hpp
     ${PROJECT_SOURCE_DIR}/include/*.hpp
     ${PROJECT_SOURCE_DIR}/tests/*.cpp ${PROJECT_SOURCE_DIR}/tests/*.hpp
     ${PROJECT_SOURCE_DIR}/examples/*.cpp)

find_program(CLANG_FORMAT NAMES clang-format-14 clang-format)
if(CLANG_FORMAT)
  add_custom_target(format COMMAND ${CLANG_FORMAT} -i ${cm_written_files}
                    COMMENT "Formatting" VERBATIM)
  add_custom_target(format-check COMMAND ${CLANG_FORMAT} --dry-run --Werror ${cm_written_files}
                    COMMENT "Checking the format" VERBATIM)
endif()

# run-clang-tidy reads compile_commands.json; a precompiled header made by g++ is no use to it, hence the
# regular expression that leaves only our own sources.
find_program(RUN_CLANG_TIDY NAMES run-clang-tidy-14 run-clang-tidy)
if(RUN_CLANG_TIDY)
  add_custom_target(lint
    COMMAND ${RUN_CLANG_TIDY} -quiet -p ${PROJECT_BINARY_DIR} "${PROJECT_SOURCE_DIR}/src/.*\\.cpp$"
    COMMENT "clang-tidy" VERBATIM USES_TERMINAL)
endif()

add_custom_target(check COMMAND ${PROJECT_SOURCE_DIR}/tests/run.sh USES_TERMINAL VERBATIM)
if(TARGET format-check)
  add_dependencies(check format-check)
endif()
