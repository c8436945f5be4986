/*
 * A library for LD_PRELOAD that lets something go wrong at one write: at the FAULT_AT-th call that
 * changes a file whose path begins with FAULT_PATH (or renames or removes one in a folder whose
 * path does), does what FAULT_DO says:
 *   count   nothing; at the process's end writes the number of calls to FAULT_COUNT
 *   kill    SIGKILL before the call
 *   torn    writes half of the bytes, then SIGKILL
 *   after   makes the call, then SIGKILL
 *   short   writes half of the bytes, once, and says so
 *   eio     this one call fails with EIO
 *   full    this call and all later ones that need room fail with ENOSPC
 * FAULT_DO=gate counts nothing: each fsync waits until somebody opens the FIFO FAULT_GATE to write.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static long calls;
static bool counting;

static const char *setting(const char *name)
{
    const char *value = getenv(name);
    return value ? value : "";
}

static bool watched(int fd)
{
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0)
        return false;
    path[length] = 0;
    const char *wanted = setting("FAULT_PATH");
    return *wanted && strncmp(path, wanted, strlen(wanted)) == 0;
}

static void write_count(void)
{
    FILE *file = fopen(setting("FAULT_COUNT"), "w");
    if (file) {
        fprintf(file, "%ld\n", calls);
        fclose(file);
    }
}

enum what { PASS, HALF, DIE_AFTER, FAIL };

/* Counts the call and says what to do with it; dies here where it is to die before. */
static enum what fault(int fd, bool needs_room)
{
    if (!watched(fd))
        return PASS;
    const char *what = setting("FAULT_DO");
    if (!counting && strcmp(what, "count") == 0) {
        counting = true;
        atexit(write_count);
    }
    long at = atol(setting("FAULT_AT"));
    calls++;
    if (strcmp(what, "full") == 0 && calls >= at && needs_room) {
        errno = ENOSPC;
        return FAIL;
    }
    if (calls != at || strcmp(what, "count") == 0)
        return PASS;
    if (strcmp(what, "eio") == 0) {
        errno = EIO;
        return FAIL;
    }
    if (strcmp(what, "kill") == 0)
        raise(SIGKILL);
    if (strcmp(what, "after") == 0)
        return DIE_AFTER;
    return strcmp(what, "torn") == 0 || strcmp(what, "short") == 0 ? HALF : PASS;
}

static void *next_of(const char *name)
{
    void *found = dlsym(RTLD_NEXT, name);
    if (!found)
        abort();
    return found;
}

static void half_done(void)
{
    if (strcmp(setting("FAULT_DO"), "torn") == 0)
        raise(SIGKILL);
}

static ssize_t at_offset(const char *name, int fd, const void *bytes, size_t size, off_t offset)
{
    ssize_t (*next)(int, const void *, size_t, off_t);
    *(void **)&next = next_of(name);
    enum what what = fault(fd, true);
    if (what == FAIL)
        return -1;
    ssize_t done = next(fd, bytes, what == HALF && size > 1 ? size / 2 : size, offset);
    if (what == HALF)
        half_done();
    if (what == DIE_AFTER)
        raise(SIGKILL);
    return done;
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t offset)
{
    return at_offset("pwrite", fd, bytes, size, offset);
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off_t offset)
{
    return at_offset("pwrite64", fd, bytes, size, offset);
}

ssize_t write(int fd, const void *bytes, size_t size)
{
    ssize_t (*next)(int, const void *, size_t);
    *(void **)&next = next_of("write");
    enum what what = fault(fd, true);
    if (what == FAIL)
        return -1;
    ssize_t done = next(fd, bytes, what == HALF && size > 1 ? size / 2 : size);
    if (what == HALF)
        half_done();
    if (what == DIE_AFTER)
        raise(SIGKILL);
    return done;
}

static int simple(const char *name, int fd)
{
    int (*next)(int);
    *(void **)&next = next_of(name);
    enum what what = fault(fd, false);
    if (what == FAIL)
        return -1;
    int done = next(fd);
    if (what == DIE_AFTER)
        raise(SIGKILL);
    return done;
}

/* Opening a FIFO waits for its other end; a signal's handler may run meanwhile. */
static void wait_at_gate(int fd)
{
    int gate = -1;
    if (strcmp(setting("FAULT_DO"), "gate") != 0 || !watched(fd))
        return;
    do
        gate = open(setting("FAULT_GATE"), O_RDONLY | O_CLOEXEC);
    while (gate < 0 && errno == EINTR);
    if (gate >= 0)
        close(gate);
}

int fsync(int fd)
{
    wait_at_gate(fd);
    return simple("fsync", fd);
}

int fdatasync(int fd)
{
    wait_at_gate(fd);
    return simple("fdatasync", fd);
}

static int truncated(const char *name, int fd, off_t size)
{
    int (*next)(int, off_t);
    *(void **)&next = next_of(name);
    enum what what = fault(fd, true);
    if (what == FAIL)
        return -1;
    int done = next(fd, size);
    if (what == DIE_AFTER)
        raise(SIGKILL);
    return done;
}

int ftruncate(int fd, off_t size)
{
    return truncated("ftruncate", fd, size);
}

int ftruncate64(int fd, off_t size)
{
    return truncated("ftruncate64", fd, size);
}

/* Names change whole or not at all, so half of one is none. */
static int renamed(int from_fd, const char *from, int to_fd, const char *to, unsigned flags)
{
    int (*next)(int, const char *, int, const char *, unsigned);
    *(void **)&next = next_of("renameat2");
    enum what what = fault(from_fd, true);
    if (what == FAIL)
        return -1;
    int done = next(from_fd, from, to_fd, to, flags);
    if (what == DIE_AFTER)
        raise(SIGKILL);
    return done;
}

int renameat2(int from_fd, const char *from, int to_fd, const char *to, unsigned flags)
{
    return renamed(from_fd, from, to_fd, to, flags);
}

int renameat(int from_fd, const char *from, int to_fd, const char *to)
{
    return renamed(from_fd, from, to_fd, to, 0);
}

int unlinkat(int fd, const char *name, int flags)
{
    int (*next)(int, const char *, int);
    *(void **)&next = next_of("unlinkat");
    enum what what = fault(fd, false);
    if (what == FAIL)
        return -1;
    int done = next(fd, name, flags);
    if (what == DIE_AFTER)
        raise(SIGKILL);
    return done;
}
