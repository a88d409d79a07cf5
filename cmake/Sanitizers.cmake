# -DCM_SANITIZE=ON: every finding of the address and undefined-behaviour sanitizers ends the process.
if(CM_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()
