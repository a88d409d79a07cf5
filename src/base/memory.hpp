// How the program asks the C library and the kernel for memory: its life is short, and a large
// schema is many small values.
#pragma once

namespace cm {

/// For the whole process, at its start: memory is asked for in large pieces and goes back at the
/// end, and the kernel gives it in large pages where it has some. That is a quarter of the work
/// that a large schema makes; a small one stays within the first page.
void tune_allocator();

/// For a thread that will build large values, at its start: its memory comes from a heap of its
/// own.
void expect_much_memory_in_thread();

}  // namespace cm
