/*
 * What every mail about a meeting has, printed or sent: whom it is from, and its texts.
 */
#include "message.h"
#include <desk/desk.h>
#include <string.h>
#include <strings.h>

/* True if the address is in one of the domains that mail_domains lists. */
static bool own_domain(const struct settings *settings, const char *email)
{
    static const char between[] = ", \t";
    const char *at = strrchr(email, '@'), *list = settings->mail_domains;
    if (!list)
        return settings->mail_from == NULL;
    for (list += strspn(list, between); at && *list; list += strspn(list, between)) {
        size_t n = strcspn(list, between);
        if (strlen(at + 1) == n && strncasecmp(list, at + 1, n) == 0)
            return true;
        list += n;
    }
    return false;
}

void mail_from(const struct session *session, struct arena *arena,
               const struct organizer *organizer, struct mail *mail)
{
    const struct settings *settings = &session->settings;
    mail->from_name = organizer->name;
    mail->from_email = organizer->email;
    if (own_domain(settings, organizer->email) || !settings->mail_from)
        return;
    mail->reply_name = organizer->name;
    mail->reply_email = organizer->email;
    mail->from_email = settings->mail_from;
    mail->from_name = arena_format(arena, "%s (via dialdesk)",
                                   organizer->name[0] ? organizer->name : organizer->email);
}

enum err mail_texts(struct session *session, struct arena *arena,
                    const struct invitation *invitation, struct mail *mail)
{
    char *text = NULL, *html = NULL;
    enum err err = desk_invitation_text(session, arena, invitation, false, &text);
    if (err)
        return err;
    err = desk_invitation_text(session, arena, invitation, true, &html);
    if (err)
        return err;
    mail->text = text;
    mail->html = html;
    return ERR_OK;
}
