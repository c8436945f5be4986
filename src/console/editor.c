/*
 * The user's editor on a text of a form: in a private temporary file, without a shell, on the
 * console's terminal.
 */
#include "form.h"
#include "loop.h"
#include <base/file.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EDITOR_WORDS = 16 };

/* $VISUAL, else $EDITOR, else vi; split at blanks, so that "emacs -nw" works. */
static void editor_words(struct arena *arena, const char *path, char *words[EDITOR_WORDS + 2])
{
    const char *command = getenv("VISUAL");
    if (!command || !*command)
        command = getenv("EDITOR");
    if (!command || !*command)
        command = "vi";
    int count = 0;
    for (const char *at = command + strspn(command, " "); *at && count < EDITOR_WORDS;) {
        size_t n = strcspn(at, " ");
        words[count++] = arena_copy_n(arena, at, n);
        at += n;
        at += strspn(at, " ");
    }
    words[count++] = arena_copy(arena, path);
    words[count] = NULL;
}

/* The program's exit status; -1: it could not be started, or ended by a signal. */
static int run_program(char *words[])
{
    pid_t child = fork();
    if (child == 0) {
        sigset_t none;
        /* signals that dialdesk ignores would be ignored by the editor as well */
        signal(SIGPIPE, SIG_DFL);
        signal(SIGXFSZ, SIG_DFL);
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        execvp(words[0], words);
        _exit(127);
    }
    int status = -1;
    while (child > 0) {
        pid_t got = waitpid(child, &status, WUNTRACED);
        if (got < 0 && errno != EINTR)
            return -1;
        if (got > 0 && !WIFSTOPPED(status))
            break;
        if (got > 0) { /* stopped by ^Z: the shell waits until the whole job has stopped */
            job_stop();
            kill(child, SIGCONT);
        }
    }
    return child > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

bool editor_run(struct console *console, struct arena *arena, const char *text, char **changed)
{
    const char *folder = getenv("XDG_RUNTIME_DIR");
    if (!folder || !*folder)
        folder = getenv("TMPDIR");
    char *path =
        arena_format(arena, "%s/dialdesk-notes-XXXXXX", folder && *folder ? folder : "/tmp");
    int fd = mkostemp(path, O_CLOEXEC);
    if (fd < 0 || file_write_all(fd, text, strlen(text)) != 0) {
        console_say(console, "The notes cannot be edited: no temporary file could be written.");
        if (fd >= 0) {
            close(fd);
            unlink(path);
        }
        return false;
    }
    close(fd);
    char *words[EDITOR_WORDS + 2];
    editor_words(arena, path, words);
    console->term->suspend(console->term);
    int status = run_program(words);
    console->term->resume(console->term);
    size_t size = 0;
    bool good = status == 0 && file_read(arena, path, MEETING_NOTES_MAX, changed, &size,
                                         &console->session->error) == ERR_OK;
    unlink(path);
    if (!good) {
        console_say(console, "%s gave no text back; the notes are as they were.", words[0]);
        return false;
    }
    while (size > 0 && (*changed)[size - 1] == '\n')
        (*changed)[--size] = '\0';
    return true;
}
