/* dialdesk: dial-in conferencing with conference IDs of their own. The program starts here. */
#include <cli/cli.h>
#include <console/console.h>
#include <signal.h>

int main(int argc, char **argv)
{
    static const struct cli_console console = {console_run, console_key_table};
    /* A limit on the size of files is told like a full disk; nobody is killed by it. */
    signal(SIGXFSZ, SIG_IGN);
    return cli_main(argc, argv, &console);
}
