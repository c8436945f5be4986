/* dialdesk: dial-in conferencing with conference IDs of their own. The program starts here. */
#include <cli/cli.h>
#include <console/console.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

/*
 * A standard stream that is closed would be the next thing that is opened, a store or a server's
 * connection, and what is printed would go there. Opened the wrong way round, it fails as a closed
 * one does.
 */
static void streams_hold(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 &&
            open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
            abort();
}

int main(int argc, char **argv)
{
    static const struct cli_console console = {console_run, console_view_check, console_key_table};
    streams_hold();
    /* A limit on the size of files is told like a full disk; nobody is killed by it. */
    signal(SIGXFSZ, SIG_IGN);
    return cli_main(argc, argv, &console);
}
