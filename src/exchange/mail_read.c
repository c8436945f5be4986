/*
 * A message that was received (RFC 5322, MIME): the calendar in it, or what a delivery report says.
 * Parts are slices of the message; only what is asked for is decoded. Depth and number of parts are
 * bounded, as a message may come from anybody.
 */
#include <base/ascii.h>
#include <base/base64.h>
#include <ctype.h>
#include <exchange/mail.h>
#include <string.h>
#include <strings.h>

enum { DEPTH_MAX = 8, PARTS_MAX = 200 };

struct slice {
    const char *at, *end;
};

struct reading {
    struct arena *arena;
    struct mail_content *out;
    bool calendar_found; /* a text/calendar part; an attached file gives way to it */
    bool report;         /* a message/delivery-status part was read */
    int parts;
};

/* --- lines and headers --- */

/* The next line without its end; false at the end. */
static bool line_next(struct slice *rest, struct slice *line)
{
    if (rest->at >= rest->end)
        return false;
    const char *newline = memchr(rest->at, '\n', (size_t)(rest->end - rest->at));
    line->at = rest->at;
    line->end = newline ? newline : rest->end;
    rest->at = newline ? newline + 1 : rest->end;
    if (line->end > line->at && line->end[-1] == '\r')
        line->end--;
    return true;
}

static size_t slice_size(struct slice slice)
{
    return (size_t)(slice.end - slice.at);
}

/* True if the line begins a field; *value is what stands behind its colon. */
static bool field_is(struct slice line, const char *name, struct slice *value)
{
    size_t length = strlen(name);
    if (slice_size(line) <= length || strncasecmp(line.at, name, length) != 0 ||
        line.at[length] != ':')
        return false;
    *value = (struct slice){line.at + length + 1, line.end};
    return true;
}

/* A field's value, unfolded; NULL: there is none. The headers end at an empty line. */
static const char *field(struct arena *arena, struct slice part, const char *name)
{
    struct slice line, value;
    struct text text = text_start(arena);
    bool found = false;
    while (line_next(&part, &line) && slice_size(line) > 0) {
        bool folded = *line.at == ' ' || *line.at == '\t';
        if (found && !folded)
            break;
        if (found)
            text_add_n(&text, line.at, slice_size(line));
        else if (!folded && field_is(line, name, &value)) {
            found = true;
            text_add_n(&text, value.at, slice_size(value));
        }
    }
    return found && strlen(text.bytes) == text.length ? string_trim(text.bytes, " \t") : NULL;
}

static struct slice body(struct slice part)
{
    struct slice line;
    while (line_next(&part, &line) && slice_size(line) > 0)
        continue;
    return part;
}

/* A parameter of a field, such as the boundary; NULL: there is none. */
static const char *parameter(struct arena *arena, const char *value, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = strchr(value, ';'); at; at = strchr(at, ';')) {
        at += 1 + strspn(at + 1, " \t");
        if (strncasecmp(at, name, length) != 0 || at[length] != '=')
            continue;
        at += length + 1;
        if (*at == '"')
            return arena_copy_n(arena, at + 1, strcspn(at + 1, "\""));
        return arena_copy_n(arena, at, strcspn(at, "; \t"));
    }
    return NULL;
}

bool mail_is(const char *bytes, size_t size)
{
    struct slice rest = {bytes, bytes + size}, line;
    if (!line_next(&rest, &line))
        return false;
    size_t name = 0;
    while (name < slice_size(line) &&
           (isalnum((unsigned char)line.at[name]) || line.at[name] == '-'))
        name++;
    return name > 0 && name < slice_size(line) && line.at[name] == ':' &&
           strncasecmp(line.at, "BEGIN:", 6) != 0;
}

/* --- decoding --- */

/* RFC 2045, 6.7. What is no code stays as it is. */
static void add_quoted(struct text *out, struct slice line)
{
    while (line.end > line.at && (line.end[-1] == ' ' || line.end[-1] == '\t'))
        line.end--;
    bool soft = line.end > line.at && line.end[-1] == '=';
    line.end -= soft;
    for (; line.at < line.end; line.at++) {
        bool code = *line.at == '=' && line.end - line.at >= 3;
        int high = code ? hex_value(line.at[1]) : -1, low = code ? hex_value(line.at[2]) : -1;
        if (high >= 0 && low >= 0) {
            text_add_byte(out, (char)(high << 4 | low));
            line.at += 2;
        } else {
            text_add_byte(out, *line.at);
        }
    }
    if (!soft)
        text_add(out, "\n");
}

static const char *decode(struct arena *arena, struct slice part, size_t *size)
{
    const char *encoding = field(arena, part, "Content-Transfer-Encoding");
    struct slice rest = body(part), line;
    struct text text = text_start(arena);
    bool base64 = encoding && strncasecmp(encoding, "base64", 6) == 0;
    bool quoted = encoding && strncasecmp(encoding, "quoted-printable", 16) == 0;
    while (line_next(&rest, &line))
        if (quoted)
            add_quoted(&text, line);
        else {
            text_add_n(&text, line.at, slice_size(line));
            text_add(&text, base64 ? "" : "\n");
        }
    *size = text.length;
    return base64 ? base64_read(arena, text.bytes, size) : text.bytes;
}

/* --- a delivery report --- */

/* "bob@example.org" of "rfc822; bob@example.org". */
static const char *recipient_text(const char *value)
{
    const char *behind = value ? strchr(value, ';') : NULL;
    return behind ? behind + 1 + strspn(behind + 1, " \t<") : "";
}

/* The block of the recipient for whom it failed; else of the last one. */
static void status_read(struct reading *reading, struct slice part)
{
    size_t size;
    const char *text = decode(reading->arena, part, &size);
    struct slice rest = {text, text + size}, line;
    bool failed = false;
    reading->report = true;
    while (rest.at < rest.end && !failed) {
        struct slice block = rest;
        const char *action = field(reading->arena, block, "Action");
        const char *status = field(reading->arena, block, "Status");
        const char *diagnostic = field(reading->arena, block, "Diagnostic-Code");
        while (line_next(&rest, &line) && slice_size(line) > 0)
            continue;
        if (!action)
            continue;
        failed = strncasecmp(action, "failed", 6) == 0;
        reading->out->bounced_for_good = failed;
        reading->out->bounced_to = recipient_text(field(reading->arena, block, "Final-Recipient"));
        reading->out->bounced_why = arena_format(
            reading->arena, "%s%s%s%s%s", action, status ? " " : "", status ? status : "",
            diagnostic ? ": " : "", diagnostic ? diagnostic : "");
    }
}

/* "<a@b>" of "  <a@b> (comment)". */
static const char *message_id(struct arena *arena, struct slice part)
{
    const char *value = field(arena, part, "Message-ID");
    const char *open = value ? strchr(value, '<') : NULL;
    const char *close = open ? strchr(open, '>') : NULL;
    return close ? arena_copy_n(arena, open, (size_t)(close - open + 1)) : NULL;
}

/* --- parts --- */

static bool type_is(const char *type, const char *name)
{
    size_t length = strlen(name);
    return strncasecmp(type, name, length) == 0 &&
           (!type[length] || strchr("; \t", type[length]) || name[length - 1] == '/');
}

static bool is_calendar_file(struct arena *arena, struct slice part, const char *type)
{
    const char *disposition = field(arena, part, "Content-Disposition");
    const char *name = disposition ? parameter(arena, disposition, "filename") : NULL;
    if (!name)
        name = parameter(arena, type, "name");
    size_t length = name ? strlen(name) : 0;
    return type_is(type, "application/ics") ||
           (length > 4 && strcasecmp(name + length - 4, ".ics") == 0);
}

static void leaf_read(struct reading *reading, struct slice part, const char *type)
{
    struct mail_content *out = reading->out;
    bool calendar = type_is(type, "text/calendar");
    if (calendar && !reading->calendar_found) {
        out->calendar = decode(reading->arena, part, &out->calendar_size);
        reading->calendar_found = true;
    } else if (!calendar && !out->calendar && is_calendar_file(reading->arena, part, type)) {
        out->calendar = decode(reading->arena, part, &out->calendar_size);
    } else if (type_is(type, "message/delivery-status") && !reading->report) {
        status_read(reading, part);
    } else if (reading->report && !out->bounced_id &&
               (type_is(type, "message/rfc822") || type_is(type, "text/rfc822-headers"))) {
        size_t size;
        const char *original = decode(reading->arena, part, &size);
        out->bounced_id = message_id(reading->arena, (struct slice){original, original + size});
    }
}

/* True if the line is the boundary; *last if no part follows. */
static bool is_boundary(struct slice line, const char *boundary, bool *last)
{
    size_t length = strlen(boundary);
    if (slice_size(line) < length + 2 || memcmp(line.at, "--", 2) != 0 ||
        memcmp(line.at + 2, boundary, length) != 0)
        return false;
    const char *behind = line.at + 2 + length;
    *last = line.end - behind >= 2 && memcmp(behind, "--", 2) == 0;
    return true;
}

static void part_read(struct reading *reading, struct slice part, int depth);

static void parts_read(struct reading *reading, struct slice part, const char *boundary, int depth)
{
    struct slice rest = body(part), line, inner = {NULL, NULL};
    bool last = false;
    while (!last && line_next(&rest, &line)) {
        if (!is_boundary(line, boundary, &last))
            continue;
        inner.end = line.at;
        if (inner.at)
            part_read(reading, inner, depth + 1);
        inner.at = rest.at;
    }
    inner.end = rest.end;
    if (inner.at && !last) /* it was cut off */
        part_read(reading, inner, depth + 1);
}

static void part_read(struct reading *reading, struct slice part, int depth)
{
    const char *type = field(reading->arena, part, "Content-Type");
    const char *boundary = type ? parameter(reading->arena, type, "boundary") : NULL;
    if (!type || depth > DEPTH_MAX || ++reading->parts > PARTS_MAX)
        return;
    if (!type_is(type, "multipart/"))
        leaf_read(reading, part, type);
    else if (boundary && boundary[0])
        parts_read(reading, part, boundary, depth);
}

void mail_read(struct arena *arena, const char *bytes, size_t size, struct mail_content *out)
{
    struct reading reading = {.arena = arena, .out = out};
    *out = (struct mail_content){0};
    part_read(&reading, (struct slice){bytes, bytes + size}, 0);
    out->bounced_at =
        out->bounced_why ? field(arena, (struct slice){bytes, bytes + size}, "To") : NULL;
    if (!out->bounced_at && !out->bounced_id)
        out->bounced_why = NULL;
    if (!out->bounced_why)
        out->bounced_id = NULL;
}
