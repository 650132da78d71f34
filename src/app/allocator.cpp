// The program's memory comes from jemalloc: with many short-lived values on a few threads it answers lists a
// third faster than the C library's allocator (bench/README.md). Only the program links it, so sanitizers
// keep their own.

// Read by jemalloc at its start (jemalloc(3), "TUNING"). Unused memory goes back to the system after a second
// even when nothing else happens: one password hash needs 64 MB.
extern "C" {
extern char const* malloc_conf;
char const* malloc_conf = "background_thread:true,dirty_decay_ms:1000,muzzy_decay_ms:0";
}
