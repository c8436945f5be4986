/* Opening what an import reads. */
#include "source.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* NULL, or why nothing is read from it. */
static const char *why_no_source(const struct stat *status, bool terminal)
{
    if (S_ISDIR(status->st_mode))
        return "it is a folder, not a file";
    if (S_ISBLK(status->st_mode) || (S_ISCHR(status->st_mode) && !terminal))
        return "it is a device, not a file";
    return NULL;
}

static enum err source_fail(struct session *session, const char *name)
{
    if (errno == ENOENT)
        return error_set(&session->error, ERR_INVALID, name, "there is no such file");
    return error_set(&session->error, ERR_IO, name, "%s", strerror(errno));
}

enum err source_find(struct session *session, const char *name)
{
    struct stat status;
    if (strcmp(name, "-") == 0)
        return ERR_OK;
    if (stat(name, &status) != 0)
        return source_fail(session, name);
    const char *why = why_no_source(&status, true);
    return why ? error_set(&session->error, ERR_INVALID, name, "%s", why) : ERR_OK;
}

/* A named pipe that nobody writes to yet is waited for by poll, which can be ended. */
enum err source_open(struct session *session, const char *name, int *fd)
{
    struct stat status;
    *fd = strcmp(name, "-") == 0 ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (*fd < 0)
        return source_fail(session, name);
    if (*fd == STDIN_FILENO)
        return ERR_OK;
    fcntl(*fd, F_SETFL, O_RDONLY);
    const char *why = fstat(*fd, &status) == 0 ? why_no_source(&status, isatty(*fd)) : NULL;
    if (!why)
        return ERR_OK;
    close(*fd);
    return error_set(&session->error, ERR_INVALID, name, "%s", why);
}

void source_close(int fd)
{
    if (fd != STDIN_FILENO)
        close(fd);
}

const char *source_name(const char *name)
{
    return strcmp(name, "-") == 0 ? "standard input" : name;
}
