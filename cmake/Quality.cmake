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

# Needs a build first, for the headers that are made from .sql files.
find_program(RUN_CLANG_TIDY NAMES run-clang-tidy-14 run-clang-tidy)
if(RUN_CLANG_TIDY)
  add_custom_target(lint
    COMMAND ${CMAKE_COMMAND} -DINPUT=${PROJECT_BINARY_DIR}/compile_commands.json
            -DOUTPUT=${PROJECT_BINARY_DIR}/lint/compile_commands.json
            -P ${PROJECT_SOURCE_DIR}/cmake/LintDatabase.cmake
    COMMAND ${RUN_CLANG_TIDY} -quiet -p ${PROJECT_BINARY_DIR}/lint "${PROJECT_SOURCE_DIR}/(src|tests)/"
    COMMENT "Linting" VERBATIM USES_TERMINAL)
endif()

add_custom_target(check COMMAND ${PROJECT_SOURCE_DIR}/tests/run.sh USES_TERMINAL VERBATIM)
if(TARGET format-check)
  add_dependencies(check format-check)
endif()
