# -DCM_SANITIZE=address (CM_FUZZ too) or thread: every finding of the address and undefined-behavior sanitizers, or of
# the thread sanitizer, ends the process.
set(cm_sanitizer_flags "")
if(CM_SANITIZE STREQUAL "thread")
  set(cm_sanitizer_flags -fsanitize=thread)
elseif(CM_SANITIZE OR CM_FUZZ)
  set(cm_sanitizer_flags -fsanitize=address,undefined)
endif()
if(cm_sanitizer_flags)
  add_compile_options(${cm_sanitizer_flags} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(${cm_sanitizer_flags})
endif()
# -DCM_FUZZ=ON: the code also tells libFuzzer where it goes.
if(CM_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
