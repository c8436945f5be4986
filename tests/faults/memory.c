/*
 * A library for LD_PRELOAD that lets one allocation, or one read of the store, fail: FAULT_DO says
 * which calls are counted ("memory": malloc, calloc, realloc; "read": reads of a file whose path
 * begins with FAULT_PATH), and the FAULT_AT-th of them fails (0: none). At the process's end the
 * number of calls is written to FAULT_COUNT.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

enum counted { NOTHING, MEMORY, READS };

static enum counted counted;
static long calls, fails_at;
static const char *path_begins;

/* glibc's own, under the names that it keeps for those who stand before them */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);

static const char *setting(const char *name)
{
    const char *value = getenv(name);
    return value ? value : "";
}

static void write_count(void)
{
    char text[32];
    int length = snprintf(text, sizeof text, "%ld\n", calls);
    counted = NOTHING;
    int fd = open(setting("FAULT_COUNT"), O_WRONLY | O_TRUNC);
    if (fd < 0)
        return;
    if (write(fd, text, (size_t)length) != length)
        abort();
    close(fd);
}

/* What is allocated before main begins, and after it is over, is the loader's. */
__attribute__((constructor)) static void begin(void)
{
    const char *what = setting("FAULT_DO");
    atexit(write_count);
    fails_at = atol(setting("FAULT_AT"));
    path_begins = setting("FAULT_PATH");
    counted = strcmp(what, "memory") == 0 ? MEMORY : strcmp(what, "read") == 0 ? READS : NOTHING;
}

static bool strikes(enum counted kind)
{
    return counted == kind && ++calls == fails_at;
}

static bool no_memory(void)
{
    if (!strikes(MEMORY))
        return false;
    errno = ENOMEM;
    return true;
}

void *malloc(size_t size)
{
    return no_memory() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return no_memory() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size)
{
    return no_memory() ? NULL : __libc_realloc(memory, size);
}

/* glibc's own ends with a signal if there is no memory for its databases (2.36): it is spared. */
struct passwd *getpwuid(uid_t uid)
{
    enum counted kept = counted;
    counted = NOTHING;
    struct passwd *(*own)(uid_t);
    *(void **)&own = dlsym(RTLD_NEXT, "getpwuid");
    struct passwd *found = own ? own(uid) : NULL;
    counted = kept;
    return found;
}

static bool no_read(int fd)
{
    char link[64], path[4096];
    if (counted != READS)
        return false;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0)
        return false;
    path[length] = 0;
    if (!*path_begins || strncmp(path, path_begins, strlen(path_begins)) != 0 || !strikes(READS))
        return false;
    errno = EIO;
    return true;
}

ssize_t read(int fd, void *bytes, size_t size)
{
    return no_read(fd) ? -1 : syscall(SYS_read, fd, bytes, size);
}

ssize_t pread(int fd, void *bytes, size_t size, off_t at)
{
    return no_read(fd) ? -1 : syscall(SYS_pread64, fd, bytes, size, at);
}

ssize_t pread64(int fd, void *bytes, size_t size, off_t at)
{
    return no_read(fd) ? -1 : syscall(SYS_pread64, fd, bytes, size, at);
}
