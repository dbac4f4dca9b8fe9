/* Each fsync and fdatasync takes two milliseconds more, as on a slow disk. Loaded before a server by the
   benchmark (keepwell-bench slow-disk), which compiles it when it runs. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>

static void wait_a_little(void) {
    struct timespec two_milliseconds = {0, 2000000};
    nanosleep(&two_milliseconds, 0);
}

int fsync(int file) {
    static int (*next)(int);
    if (!next) next = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    wait_a_little();
    return next(file);
}

int fdatasync(int file) {
    static int (*next)(int);
    if (!next) next = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    wait_a_little();
    return next(file);
}
