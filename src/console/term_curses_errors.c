/* Standard error, held while the console has the screen. */
#include "term_errors.h"
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

void errors_hold(struct held_errors *errors)
{
#if !defined(__SANITIZE_ADDRESS__)
    if (!isatty(STDERR_FILENO))
        return;
    errors->memory = memfd_create("dialdesk-errors", MFD_CLOEXEC);
    errors->kept = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    if (errors->memory >= 0 && errors->kept >= 0)
        dup2(errors->memory, STDERR_FILENO);
#else
    (void)errors;
#endif
}

void errors_pour(int from, int to)
{
    char bytes[512];
    ssize_t n;
    lseek(from, 0, SEEK_SET);
    while ((n = read(from, bytes, sizeof bytes)) > 0)
        if (write(to, bytes, (size_t)n) != n)
            break;
}

void errors_release(struct held_errors *errors)
{
    if (errors->kept >= 0)
        dup2(errors->kept, STDERR_FILENO);
    if (errors->memory >= 0 && errors->kept >= 0)
        errors_pour(errors->memory, STDERR_FILENO);
    if (errors->memory >= 0)
        close(errors->memory);
    if (errors->kept >= 0)
        close(errors->kept);
    *errors = (struct held_errors){-1, -1};
}
