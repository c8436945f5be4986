/* Completion scripts for bash, zsh and fish, made from the rows. */
#include "texts.h"

#include <stdio.h>
#include <string.h>

typedef void row_writer(struct text *text, const struct command *row);

static void each_row(struct text *text, const struct command *const *commands, row_writer *write)
{
    for (; *commands; commands++)
        if (!(*commands)->hidden)
            write(text, *commands);
}

/* The text within single quotes of a shell, with a backslash before what the shell reads on. */
static void add_quoted(struct text *text, const char *s, const char *read_on)
{
    for (; *s; s++)
        if (*s == '\'')
            text_add(text, "'\\''");
        else
            text_addf(text, "%s%c", strchr(read_on, *s) ? "\\" : "", *s);
}

static void add_long_options(struct text *text, const struct command_option *options)
{
    for (const struct command_option *row = options; row && row->name; row++)
        text_addf(text, " --%s", row->name);
}

/* --- bash: the words so far choose a line of a case; files are the fallback --- */

static void bash_row(struct text *text, const struct command *row)
{
    text_addf(text, "        '%s'|'%s '*) words='", row->name, row->name);
    add_long_options(text, row->options);
    text_add(text, "' ;;\n");
}

static void bash_name(struct text *text, const struct command *row)
{
    text_addf(text, "%s\n", row->name);
}

static void bash_script(struct text *text, const struct command *const *commands)
{
    text_add(text, "# bash completion for dialdesk, printed by 'dialdesk completion bash'\n"
                   "_dialdesk() {\n"
                   "    local current=${COMP_WORDS[COMP_CWORD]} said='' words='' i\n"
                   "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
                   "        [[ ${COMP_WORDS[i]} == -* ]] || said+=${said:+ }${COMP_WORDS[i]}\n"
                   "    done\n"
                   "    case $said in\n");
    each_row(text, commands, bash_row);
    text_add(text, "    esac\n    local all='");
    add_long_options(text, global_options);
    text_add(text, "' names='");
    each_row(text, commands, bash_name);
    text_add(text, "'\n"
                   "    if [[ $current == -* ]]; then\n"
                   "        COMPREPLY=($(compgen -W \"$words $all\" -- \"$current\"))\n"
                   "        return\n"
                   "    fi\n"
                   "    local name next=''\n"
                   "    while IFS= read -r name; do\n"
                   "        if [[ -z $said ]]; then\n"
                   "            next+=\" ${name%% *}\"\n"
                   "        elif [[ $name == \"$said \"* ]]; then\n"
                   "            next+=\" ${name#\"$said \"}\"\n"
                   "        fi\n"
                   "    done <<< \"$names\"\n"
                   "    COMPREPLY=($(compgen -W \"$next\" -- \"$current\"))\n"
                   "}\n"
                   "complete -o default -F _dialdesk dialdesk\n");
}

/* --- zsh: the same by _arguments for options and _describe for names --- */

static void zsh_name(struct text *text, const struct command *row)
{
    text_addf(text, "        '%s:", row->name);
    add_quoted(text, row->help, "");
    text_add(text, "'\n");
}

static void zsh_options(struct text *text, const struct command_option *options)
{
    for (const struct command_option *row = options; row && row->name; row++) {
        text_addf(text, " '%s--%s%s[", row->many ? "*" : "", row->name, row->value ? "=" : "");
        add_quoted(text, row->help, "[]");
        text_addf(text, "]%s%s%s'", row->value ? ":" : "", row->value ? row->value : "",
                  row->value ? ":_files" : "");
    }
}

static void zsh_row(struct text *text, const struct command *row)
{
    text_addf(text, "        '%s'|'%s '*) _arguments", row->name, row->name);
    zsh_options(text, row->options);
    zsh_options(text, global_options);
    text_add(text, " '*:operand:_files' ;;\n");
}

static void zsh_script(struct text *text, const struct command *const *commands)
{
    text_add(text, "#compdef dialdesk\n"
                   "# zsh completion for dialdesk, printed by 'dialdesk completion zsh'\n"
                   "_dialdesk() {\n"
                   "    local said='' word\n"
                   "    local -a names\n"
                   "    names=(\n");
    each_row(text, commands, zsh_name);
    text_add(text, "    )\n"
                   "    for word in ${words[2,CURRENT-1]}; do\n"
                   "        [[ $word == -* ]] || said+=${said:+ }$word\n"
                   "    done\n"
                   "    case $said in\n");
    each_row(text, commands, zsh_row);
    text_add(text, "        '') _describe command names ;;\n"
                   "        *) names=(${${(M)names:#$said *}#$said }); _describe command names ;;\n"
                   "    esac\n"
                   "}\n"
                   "_dialdesk \"$@\"\n");
}

/* --- fish: a line for each name and each option --- */

static void fish_options(struct text *text, const char *condition,
                         const struct command_option *options)
{
    for (const struct command_option *row = options; row && row->name; row++) {
        text_addf(text, "complete -c dialdesk %s -l %s", condition, row->name);
        if (row->letter)
            text_addf(text, " -s %c", row->letter);
        text_addf(text, "%s -d '", row->value ? " -r" : "");
        add_quoted(text, row->help, "");
        text_add(text, "'\n");
    }
}

static void fish_row(struct text *text, const struct command *row)
{
    const char *space = strchr(row->name, ' ');
    int first = space ? (int)(space - row->name) : (int)strlen(row->name);
    struct text condition = text_start(text->arena);
    text_addf(&condition, "-n '__fish_seen_subcommand_from %.*s", first, row->name);
    if (space)
        text_addf(&condition, "; and __fish_seen_subcommand_from %s", space + 1);
    text_add(&condition, "'");
    if (space)
        text_addf(text, "complete -c dialdesk -n '__fish_seen_subcommand_from %.*s' -f -a %s -d '",
                  first, row->name, space + 1);
    else
        text_addf(text, "complete -c dialdesk -n __fish_use_subcommand -f -a %s -d '", row->name);
    add_quoted(text, row->help, "");
    text_add(text, "'\n");
    fish_options(text, condition.bytes, row->options);
}

/* The first words of two-word names ("organizer"), once each. */
static void fish_groups(struct text *text, const struct command *const *commands)
{
    const char *before = "";
    for (; *commands; commands++) {
        const char *name = (*commands)->name, *space = strchr(name, ' ');
        size_t length = space ? (size_t)(space - name) : 0;
        if (space && strncmp(before, name, length + 1) != 0)
            text_addf(text, "complete -c dialdesk -n __fish_use_subcommand -f -a %.*s\n",
                      (int)length, name);
        before = name;
    }
}

static void fish_script(struct text *text, const struct command *const *commands)
{
    text_add(text, "# fish completion for dialdesk, printed by 'dialdesk completion fish'\n");
    fish_groups(text, commands);
    each_row(text, commands, fish_row);
    fish_options(text, "", global_options);
}

char *completion_script(struct arena *arena, const struct command *const *commands,
                        const char *shell)
{
    static const struct {
        const char *shell;
        void (*write)(struct text *text, const struct command *const *commands);
    } scripts[] = {{"bash", bash_script}, {"zsh", zsh_script}, {"fish", fish_script}};
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++)
        if (strcmp(scripts[i].shell, shell) == 0) {
            struct text text = text_start(arena);
            scripts[i].write(&text, commands);
            return text.bytes;
        }
    return NULL;
}
