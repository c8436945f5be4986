#!/bin/sh
# run-sample.sh BUILD: what `make run` does. Makes a store with the sample organization once, then opens the console on
# it; where standard output is no terminal, prints the organizer's week, schedules a meeting and shows its invitation.
set -eu
build=$1
dialdesk=$build/dialdesk
mkdir -p "$build/run"
DIALDESK_DB=$build/run/sample.db
DIALDESK_ORGANIZER=ada@example.org
export DIALDESK_DB DIALDESK_ORGANIZER
# Where no locale was chosen at all (a container, a bare chroot) the sample's names would be shown in ASCII.
if test -z "${LC_ALL-}${LC_CTYPE-}${LANG-}"; then
    LC_CTYPE=C.UTF-8
    export LC_CTYPE
fi

if ! test -e "$DIALDESK_DB"; then
    "$dialdesk" -q init
    "$dialdesk" -q demo
fi
if test -t 1; then
    exec "$dialdesk"
fi
"$dialdesk" agenda
echo
uid=$("$dialdesk" new --title "Meeting made by make run" --start "tomorrow 15:00" --duration 30m \
    --attendee grace@example.org --json | grep -o '"uid": *"[^"]*"' | head -n 1 | cut -d'"' -f4)
"$dialdesk" show "$uid"
echo
"$dialdesk" invite "$uid"
