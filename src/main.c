/* dialdesk: dial-in conferencing with conference IDs of their own. The program starts here. */
#include <cli/cli.h>
#include <console/console.h>

int main(int argc, char **argv)
{
    static const struct cli_console console = {console_run, console_key_table};
    return cli_main(argc, argv, &console);
}
