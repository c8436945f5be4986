/* dialdesk: dial-in conferencing with conference IDs of their own. The program starts here. */
#include <cli/cli.h>

int main(int argc, char **argv)
{
    return cli_main(argc, argv);
}
