# Run by the target lint: copies INPUT (compile_commands.json) to OUTPUT without precompiled headers, because
# clang-tidy cannot read those that g++ made.
file(READ ${INPUT} text)
string(REGEX REPLACE "(-Winvalid-pch )?-include [^ \"]*cmake_pch\\.hxx" "" text "${text}")
file(WRITE ${OUTPUT} "${text}")
