# Nearly all of a file's compile time goes into the headers of others, so that several files of a layer are compiled as one. Each still
# has to stand by itself: `-DCM_UNITY=OFF` compiles it so, as the thread sanitizer's build does.
function(cm_compile_together target)
  if(NOT CM_UNITY)
    return()
  endif()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
  # Files that answer to the same names, each for itself: a kind of definition (`create`, `drop`, `alter`), a command (`Options`, `run`);
  # and the list of all commands, which has their names for its own.
  get_target_property(sources ${target} SOURCES)
  list(FILTER sources INCLUDE REGEX "/src/(object/definition|command)/")
  foreach(source IN LISTS sources)
    file(STRINGS ${source} alike REGEX "^(DefinitionKind const|struct Options |extern Command const [a-z]+,)" LIMIT_COUNT 1)
    if(alike)
      set_source_files_properties(${source} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
    endif()
  endforeach()
endfunction()
