# -DCM_SANITIZE=ON (CM_FUZZ too): every finding of the address and undefined-behaviour sanitizers ends the process.
if(CM_SANITIZE OR CM_FUZZ)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()
# -DCM_FUZZ=ON: the code also tells libFuzzer where it goes.
if(CM_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
