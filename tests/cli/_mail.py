"""A mail command for the suites, and the messages that it got."""
import email
import email.policy
import os


def mailer(d, status=0, says="", more=""):
    """A mail command that keeps each message in a file of its own, says a word and ends so."""
    os.makedirs(d.path("mails"), exist_ok=True)
    script = d.write("mailer", f"""#!/bin/sh
cat > {d.path('mails')}/$$.eml
{more}
printf '%s\\n' '{says}' >&2
exit {status}
""")
    os.chmod(script, 0o755)
    d.config(f"mail_command = '{script}' -t\n")
    return script


def mails(d):
    folder = d.path("mails")
    found = [open(os.path.join(folder, name), "rb").read() for name in sorted(os.listdir(folder))]
    return [email.message_from_bytes(raw, policy=email.policy.default) for raw in found]


def part(message, kind):
    return next(p for p in message.walk() if p.get_content_type() == kind)
