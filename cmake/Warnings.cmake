# Compiler settings that every target shares. Precompiled headers need them to be the same everywhere.
function(cm_configure_target target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
    -Wnon-virtual-dtor -Wold-style-cast -Wimplicit-fallthrough)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # GCC 12 sees faults in its own std::string once it has inlined it (GCC bugs 105329 and 105651).
    target_compile_options(${target} PRIVATE -Wno-array-bounds -Wno-restrict -Wno-stringop-overflow)
  elseif(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    # Clang stamps precompiled headers with the time; without this ccache never hits.
    target_compile_options(${target} PRIVATE -Xclang -fno-pch-timestamp)
  endif()
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/include
                             ${PROJECT_BINARY_DIR}/generated)
endfunction()
