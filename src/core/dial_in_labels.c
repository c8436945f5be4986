/*
 * The labels of a conference ID in the languages of the field's invitations, and how loosely they
 * are matched.
 *
 * Texts come in any Unicode form, with accents composed, decomposed or lost, with hyphens, no-break
 * spaces or nothing between the words. So both sides are folded one character at a time: the table
 * below holds folded text, in which a blank stands for any such separator, or for none.
 */
#include "dial_in_labels.h"
#include "digits.h"
#include <base/ascii.h>
#include <base/utf8.h>
#include <string.h>
#include <strings.h>

struct label {
    const char *folded;
    enum label_rank rank;
};

static const struct label labels[] = {
    {"phone conference id", LABEL_PHONE},
    {"telephone conference id", LABEL_PHONE},
    {"audio conference id", LABEL_PHONE},
    {"conference id", LABEL_PLAIN},
    {"conf.id", LABEL_PLAIN}, /* "confid=" is a part of an address */
    {"telefonkonferenz id", LABEL_PHONE},
    {"telefon konferenz id", LABEL_PHONE},
    {"konferenz id", LABEL_PLAIN},
    {"konferenz kennung", LABEL_PLAIN},
    {"telefonkonferenz kennung", LABEL_PHONE},
    {"kennung der konferenz", LABEL_PLAIN},
    {"konferenz kennnummer", LABEL_PLAIN},
    {"konferenz nummer", LABEL_PLAIN},
    {"id de conference telephonique", LABEL_PHONE},
    {"id de la conference telephonique", LABEL_PHONE},
    {"id de conference", LABEL_PLAIN},
    {"id de la conference", LABEL_PLAIN},
    {"identifiant de conference", LABEL_PLAIN},
    {"identifiant de la conference", LABEL_PLAIN},
    {"identificador de conferencia", LABEL_PLAIN},
    {"identificador de la conferencia", LABEL_PLAIN},
    {"identificativo conferenza", LABEL_PLAIN},
    {"id de conferencia telefonica", LABEL_PHONE},
    {"id de la conferencia telefonica", LABEL_PHONE},
    {"id de conferencia", LABEL_PLAIN},
    {"id de la conferencia", LABEL_PLAIN},
    {"id da conferencia telefonica", LABEL_PHONE},
    {"id de conferencia por telefone", LABEL_PHONE},
    {"id da conferencia", LABEL_PLAIN},
    {"id conferenza telefonica", LABEL_PHONE},
    {"id della conferenza telefonica", LABEL_PHONE},
    {"id conferenza", LABEL_PLAIN},
    {"id della conferenza", LABEL_PLAIN},
    {"conferentie id", LABEL_PLAIN},
    {"telefonische vergader id", LABEL_PHONE},
    {"telefonische vergadering id", LABEL_PHONE},
    {"vergader id voor telefoon", LABEL_PHONE},
    {"telefonkonferens id", LABEL_PHONE},
    {"konferens id", LABEL_PLAIN},
    {"telefonkonference id", LABEL_PHONE},
    {"konference id", LABEL_PLAIN},
    {"telefonkonferanse id", LABEL_PHONE},
    {"konferanse id", LABEL_PLAIN},
    {"puhelinkokouksen tunnus", LABEL_PHONE},
    {"puhelinneuvottelun tunnus", LABEL_PHONE},
    {"kokoustunnus", LABEL_SHARED},
    {"identyfikator konferencji telefonicznej", LABEL_PHONE},
    {"identyfikator konferencji", LABEL_PLAIN},
    {"id konferencji telefonicznej", LABEL_PHONE},
    {"id konferencji", LABEL_PLAIN},
    {"идентификатор телефоннои конференции", LABEL_PHONE},
    {"идентификатор конференции", LABEL_PLAIN},
    {"ид конференции", LABEL_PLAIN},
    {"電話会議 id", LABEL_PHONE},
    {"会議 id", LABEL_SHARED},
    {"电话会议 id", LABEL_PHONE},
    {"会议 id", LABEL_SHARED},
    {"電話會議 id", LABEL_PHONE},
    {"電話會議識別碼", LABEL_PHONE},
    {"會議識別碼", LABEL_SHARED},
    {"會議 id", LABEL_SHARED},
    {"전화 회의 id", LABEL_PHONE},
    {"회의 id", LABEL_SHARED},
    {"معرف الموتمر الهاتفي", LABEL_PHONE},
    {"معرف موتمر الهاتف", LABEL_PHONE},
    {"معرف الموتمر", LABEL_PLAIN},
    {"id telefonni konference", LABEL_PHONE},
    {"id telefonicke konference", LABEL_PHONE},
    {"id konference", LABEL_PLAIN},
    {"id telefonickej konferencie", LABEL_PHONE},
    {"id konferencie", LABEL_PLAIN},
    {"id konferencije", LABEL_PLAIN},
    {"telefonkonferencia azonositoja", LABEL_PHONE},
    {"telefonos konferencia azonositoja", LABEL_PHONE},
    {"konferenciaazonosito", LABEL_PLAIN},
    {"telefon konferansi kimligi", LABEL_PHONE},
    {"telefon konferans kimligi", LABEL_PHONE},
    {"konferans kimligi", LABEL_PLAIN},
    {"id conferinta telefonica", LABEL_PHONE},
    {"id conferinta", LABEL_PLAIN},
    {"ідентифікатор телефонноі конференціі", LABEL_PHONE},
    {"ідентифікатор конференціі", LABEL_PLAIN},
    {"идентификатор на телефонна конференция", LABEL_PHONE},
    {"идентификатор на телефонната конференция", LABEL_PHONE},
    {"идентификатор на конференция", LABEL_PLAIN},
    {"идентификатор на конференцията", LABEL_PLAIN},
    {"ид на конференцията", LABEL_PLAIN},
    {"ид конференције", LABEL_PLAIN},
    {"αναγνωριστικο τηλεφωνικησ διασκεψησ", LABEL_PHONE},
    {"αναγνωριστικο τησ τηλεφωνικησ διασκεψησ", LABEL_PHONE},
    {"αναγνωριστικο τηλεδιασκεψησ", LABEL_PHONE},
    {"αναγνωριστικο διασκεψησ", LABEL_PLAIN},
    {"αναγνωριστικο τησ διασκεψησ", LABEL_PLAIN},
    {"κωδικοσ διασκεψησ", LABEL_PLAIN},
    {"id διασκεψησ", LABEL_PLAIN},
    {"id hoi nghi dien thoai", LABEL_PHONE},
    {"id hoi nghi qua dien thoai", LABEL_PHONE},
    {"id hoi nghi", LABEL_PLAIN},
    {"id hoi thao dien thoai", LABEL_PHONE},
    {"id hoi thao qua dien thoai", LABEL_PHONE},
    {"id hoi thao", LABEL_PLAIN},
    {"id cuoc hop qua dien thoai", LABEL_PHONE},
    {"ma hoi nghi dien thoai", LABEL_PHONE},
    {"ma hoi nghi qua dien thoai", LABEL_PHONE},
    {"ma hoi nghi", LABEL_PLAIN},
    {"รหัสการประชุมทางโทรศัพท์", LABEL_PHONE},
    {"id การประชุมทางโทรศัพท์", LABEL_PHONE},
    {"id konferensi telepon", LABEL_PHONE},
    {"id konferensi", LABEL_PLAIN},
    {"id persidangan telefon", LABEL_PHONE},
    {"id persidangan", LABEL_PLAIN},
    {"telefonikonverentsi id", LABEL_PHONE},
    {"konverentsi id", LABEL_PLAIN},
    {"talruna konferences id", LABEL_PHONE},
    {"konferences id", LABEL_PLAIN},
    {"telefonines konferencijos id", LABEL_PHONE},
    {"konferencijos id", LABEL_PLAIN},
    {"id telefonske konference", LABEL_PHONE},
    {"id telefonske konferencije", LABEL_PHONE},
    {"id konferencijskog poziva", LABEL_PHONE},
    {"מזהה ועידה", LABEL_PLAIN},
    {"מזהה שיחת ועידה", LABEL_PHONE},
};

/* Words before a label that make it another system's: video rooms' IDs, other services' numbers. */
static const char *const deniers[] = {"video", "vtc",     "vc",    "zoom",    "webex",
                                      "cisco", "polycom", "pexip", "hangouts"};

static const char *const passcodes[] = {
    "passcode", "password",    "kenncode",     "パスコード",  "パスワード", "密码",      "密碼",
    "암호",     "code secret", "code d'accès", "tunnuskoodi", "salasana",   "pääsykoodi"};

/* Marks that are put over or under a letter, and the Arabic letter stretcher. */
static bool mark(int32_t c)
{
    return (c >= 0x0300 && c <= 0x036F) || (c >= 0x064B && c <= 0x0655) || c == 0x0640 ||
           digits_unseen(c);
}

/* A character as the table has it: ' ' for a separator, 0 for a character without meaning. */
static int32_t fold(int32_t c)
{
    if (c >= 'A' && c <= 'Z')
        return c + ('a' - 'A');
    if (c < 0x80)
        return c == ' ' || c == '\t' || c == '-' || c == '.' || c == '_' ? ' ' : c;
    if (mark(c))
        return 0;
    if (digits_space(c) || digits_dash(c))
        return ' ';
    /* alphabets with accents or capitals; elsewhere marks are a part of what is read */
    bool alphabet = c <= 0x064A || (c >= 0x1E00 && c <= 0x1EFF) || c >= 0xFF21;
    return alphabet ? utf8_fold_first(c) : c;
}

bool label_word_character(int c)
{
    if (c < 0x80)
        return ascii_word(c);
    return c >= 0x00C0 && c != 0x00D7 && c != 0x00F7 && !digits_unseen(c) &&
           !(c >= 0x2000 && c <= 0x2BFF) && !(c >= 0x3000 && c <= 0x3004) &&
           !(c >= 0x3008 && c <= 0x3020) && !(c >= 0xFF01 && c <= 0xFF0F) &&
           !(c >= 0xFF1A && c <= 0xFF20) && !(c >= 0xFE00 && c <= 0xFE6F) && c < 0x1F000;
}

enum { SEPARATORS_MAX = 4, MARKS_MAX = 4 };

/* Reads the next folded character, leaving out a few marks. */
static int32_t next_folded(const char **s, const char *end)
{
    int32_t c = 0;
    for (int i = 0; i <= MARKS_MAX && c == 0 && *s < end; i++)
        c = fold(utf8_next(s, end));
    return c;
}

/* Moves behind up to a few separators. */
static const char *skip_separators(const char *s, const char *end)
{
    for (int i = 0; i < SEPARATORS_MAX; i++) {
        const char *next = s;
        int32_t c = next_folded(&next, end);
        if (c != ' ')
            break;
        s = next;
    }
    return s;
}

/*
 * Where the text that matches `folded` ends, or NULL if it does not match. A blank there stands for
 * separators that may be missing, a point for separators that may not.
 */
static const char *match_folded(const char *folded, const char *s, const char *end)
{
    const char *label_end = folded + strlen(folded);
    while (folded < label_end) {
        if (*folded == ' ' || *folded == '.') {
            const char *next = skip_separators(s, end);
            if (*folded++ == '.' && next == s)
                return NULL;
            s = next;
            continue;
        }
        int32_t wanted = utf8_next(&folded, label_end);
        if (next_folded(&s, end) != wanted)
            return NULL;
    }
    return s;
}

/* Behind a few marks that belong to the letter before s. */
static const char *skip_marks(const char *s, const char *end)
{
    for (int i = 0; i < MARKS_MAX && s < end; i++) {
        const char *next = s;
        if (!mark(utf8_next(&next, end)))
            break;
        s = next;
    }
    return s;
}

/* True if a word goes on at s: a letter, not a digit (an ID may stand close behind a label). */
static bool word_goes_on(const char *s, const char *end)
{
    int32_t c = s < end ? utf8_next(&s, end) : ' ';
    return label_word_character(c) && digits_value(c) < 0;
}

struct label_match label_match(const char *text, const char *end)
{
    struct label_match best = {LABEL_NONE, 0};
    const char *behind = text;
    char first[4] = ""; /* the first folded character, as the table has it */
    utf8_put(next_folded(&behind, end), first);
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        if (labels[i].folded[0] != first[0]) /* most words begin no label: a quick look */
            continue;
        const char *stop = match_folded(labels[i].folded, text, end);
        stop = stop ? skip_marks(stop, end) : NULL;
        if (stop && (size_t)(stop - text) > best.length && !word_goes_on(stop, end))
            best = (struct label_match){labels[i].rank, (size_t)(stop - text)};
    }
    return best;
}

bool label_denied_by(const char *word, size_t length)
{
    for (size_t i = 0; i < sizeof deniers / sizeof *deniers; i++) {
        if (match_folded(deniers[i], word, word + length) == word + length)
            return true;
    }
    return false;
}

/* True if one of the names, which are in small letters, stands at s, ASCII letters in any case. */
static bool name_at(const char *const *names, size_t count, const char *s, size_t left)
{
    const char first = ascii_small(*s);
    for (size_t i = 0; i < count; i++) {
        if (names[i][0] != first) /* a quick look before the comparison */
            continue;
        size_t n = strlen(names[i]);
        if (n <= left && strncasecmp(s, names[i], n) == 0)
            return true;
    }
    return false;
}

bool label_passcode_in(const char *text, const char *end)
{
    for (; text < end; text++) {
        if (name_at(passcodes, sizeof passcodes / sizeof *passcodes, text, (size_t)(end - text)))
            return true;
    }
    return false;
}
