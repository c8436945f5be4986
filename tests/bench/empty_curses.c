/*
 * The least that a program with ncurses does before its first frame: a peer for the console's
 * start.
 */
#include <curses.h>
#include <locale.h>

int main(void)
{
    setlocale(LC_ALL, "");
    initscr();
    raw();
    noecho();
    keypad(stdscr, TRUE);
    for (int row = 0; row < LINES; row++)
        mvaddstr(
            row, 0,
            "An empty program that fills its screen with a line of text, as wide as a calendar's.");
    refresh();
    getch();
    endwin();
    return 0;
}
