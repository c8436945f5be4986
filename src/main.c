/* dialdesk: dial-in conferencing with a conference ID for every meeting. Begins here. */
#include <cli/cli.h>
#include <console/console.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

/*
 * If a standard stream is closed, its number goes to the next file that is opened: a store, or a
 * server's connection, into which the program would then print. So it is opened here, the wrong way
 * round: reading and writing fail as on a closed stream.
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
    static const struct cli_console console = {console_run, console_view_check,
                                               console_settings_check, console_key_table};
    streams_hold();
    /* a limit on the size of files is an error of the write, as a full disk is, and kills nobody */
    signal(SIGXFSZ, SIG_IGN);
    return cli_main(argc, argv, &console);
}
