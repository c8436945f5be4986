#!/bin/sh
# make_store.sh BUILD STORE [EVENTS]: a store to look at the console with: the demo's organization and as many imported
# events as are asked for (3,000), most of them legacy meetings. Opens nothing; says how to.
set -eu
build=$1
store=$2
events=${3:-3000}
if test -e "$store"; then
    echo "make_store.sh: $store is there already" >&2
    exit 2
fi
DIALDESK_DB=$store
export DIALDESK_DB
calendar=$(mktemp)
truth=$(mktemp)
trap 'rm -f "$calendar" "$truth"' EXIT
/usr/bin/python3 "$(dirname "$0")/make_calendar.py" --events "$events" --seed 1 --damaged 0 --output "$calendar" --truth "$truth"
"$build/dialdesk" -q init
"$build/dialdesk" -q demo
number=0
while test $number -lt 20; do # whose events they are
    "$build/dialdesk" -q organizer add "organizer$number@example.org" --name "Organizer $number"
    number=$((number + 1))
done
"$build/dialdesk" -q import "$calendar"
echo "DIALDESK_DB=$store $build/dialdesk"
