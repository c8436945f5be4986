#!/bin/sh
# pictures.sh PICTURE: draws the README's and the manual's pictures into docs/, from the console's own cells.
set -eu
picture=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT INT TERM
DIALDESK_NOW=2026-11-23T10:20:00Z
TZ=Europe/London
HOME=$folder
XDG_STATE_HOME=$folder
XDG_CONFIG_HOME=$folder
LC_ALL=C.UTF-8
export DIALDESK_NOW TZ HOME XDG_STATE_HOME XDG_CONFIG_HOME LC_ALL

draw() { # NAME COLUMNS ROWS VIEW KEYS
    "$picture" "$folder/store.db" "$2" "$3" "$4" "$5" > "$folder/$1.svg"
    mv "$folder/$1.svg" "docs/$1.svg"
    echo "  docs/$1.svg"
}

draw console 112 30 agenda 'jjjj'
draw week 150 34 week ''
draw legacy 112 22 legacy 'j'
draw lookup 100 24 lookup '7654321'
draw form 80 24 agenda 'n'
draw convert 112 22 legacy 'C'
