/*
 * Telling an event's own text from what is quoted or forwarded in it, line by line.
 */
#include "dial_in_quoted.h"

#include <base/ascii.h>
#include <string.h>
#include <strings.h>

/* No-break spaces, too: "De : Carol". */
static const char *skip_blanks(const char *s)
{
    for (;;) {
        s += strspn(s, " \t\r*");
        if (strncmp(s, "\xC2\xA0", 2) != 0)
            return s;
        s += 2;
    }
}

/* Behind the marks of a quotation; s itself if the line bears none. */
static const char *skip_quote_marks(const char *s)
{
    const char *at = s + strspn(s, " \t");
    return *at == '>' ? at + strspn(at, "> \t") : s;
}

/* True for a line of words between dashes: "---------- Forwarded message ---------". */
static bool separator(const char *line, size_t length)
{
    enum { DASHES = 3 };
    while (length > 0 && strchr(" \t\r", line[length - 1]))
        length--;
    size_t lead = strspn(line, "-");
    return lead >= DASHES && lead + DASHES < length &&
           strncmp(line + length - DASHES, "---", DASHES) == 0;
}

/* True if the line is the field of a mail's header: one of these words and a colon. */
static bool field(const char *line, const char *const *words)
{
    line = skip_blanks(line);
    for (; *words; words++) {
        size_t n = strlen(*words);
        if (strncasecmp(line, *words, n) != 0)
            continue;
        const char *behind = skip_blanks(line + n);
        if (*behind == ':' || strncmp(behind, "：", strlen("：")) == 0)
            return true;
    }
    return false;
}

static const char *next_line(const char *s)
{
    s += strcspn(s, "\n");
    return *s ? s + 1 : s;
}

static bool mail_header(const char *line)
{
    enum { LINES_LOOKED_AT = 4 };
    static const char *const from[] = {"from",   "von",    "de",        "da", "van", "från",
                                       "fra",    "od",     "lähettäjä", "от", "От",  "差出人",
                                       "发件人", "寄件者", "보낸 사람", NULL};
    static const char *const others[] = {
        "sent",     "date",    "to",        "subject",  "when",      "gesendet",   "datum",
        "an",       "betreff", "wann",      "envoyé",   "à",         "objet",      "enviado",
        "enviada",  "fecha",   "para",      "asunto",   "assunto",   "inviato",    "data",
        "a",        "oggetto", "verzonden", "aan",      "onderwerp", "skickat",    "till",
        "ämne",     "sendt",   "til",       "emne",     "lähetetty", "wysłano",    "do",
        "temat",    "дата",    "Дата",      "кому",     "Кому",      "отправлено", "Отправлено",
        "送信日時", "宛先",    "件名",      "发送时间", "收件人",    "主题",       "보낸 날짜",
        NULL};
    if (!field(line, from))
        return false;
    for (int i = 0; i < LINES_LOOKED_AT && *line; i++) {
        line = next_line(line);
        if (field(line, others))
            return true;
    }
    return false;
}

/* True for a line of mail programs above what they quote: a date or an address, a verb, a colon. */
static bool names_author(const char *line, size_t length)
{
    static const char *const verbs[] = {
        " wrote",      " schrieb",   " a écrit", " escribió", " escreveu", " schreef", " skrev",
        " ha scritto", " kirjoitti", " napisał", " написал",  " пишет",    NULL};
    while (length > 0 && strchr(" \t\r", line[length - 1]))
        length--;
    if (length == 0 || line[length - 1] != ':')
        return false;
    bool dated = false, verb = false;
    for (size_t i = 0; i < length && !dated; i++)
        dated = ascii_digit(line[i]) || line[i] == '@';
    for (size_t i = 0; verbs[i] && !verb; i++)
        verb = memmem(line, length, verbs[i], strlen(verbs[i]));
    return dated && verb;
}

/*
 * True if all that follows is quoted without marks: "On 2 November 2026, Bob wrote:". Before marks
 * the marks tell what is quoted, and the event's own text may stand behind it.
 */
static bool attribution(const char *line)
{
    if (!names_author(line, strcspn(line, "\n")))
        return false;
    do
        line = next_line(line);
    while (*line && *skip_blanks(line) == '\n');
    return skip_quote_marks(line) == line;
}

/* Blanks where the bytes are the other part's; ends of lines stay. */
static void blank_out(char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (bytes[i] != '\n')
            bytes[i] = ' ';
}

struct quoted_text dial_in_quoted(struct arena *arena, const char *text)
{
    char *own = NULL, *quoted = NULL;
    bool all = false; /* what follows is quoted */
    for (const char *line = text; *line;) {
        const char *next = next_line(line), *words = skip_quote_marks(line);
        size_t from = (size_t)(line - text), length = (size_t)(next - line);
        all = all || separator(words, (size_t)(next - words) - (next[-1] == '\n')) ||
              mail_header(words) || (words == line && attribution(line));
        bool others = all || words > line;
        if (others && !own) {
            own = arena_copy(arena, text);
            quoted = arena_copy(arena, text);
            blank_out(quoted, from);
        }
        if (others) {
            blank_out(own + from, length);
            blank_out(quoted + from, (size_t)(words - line));
        } else if (own) {
            blank_out(quoted + from, length);
        }
        line = next;
    }
    return own ? (struct quoted_text){own, quoted} : (struct quoted_text){text, ""};
}
