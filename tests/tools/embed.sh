#!/bin/sh
# Prints a C file that holds the named data files (paths below data/) and a table of them, sorted by name.
# Each content is followed by a NUL byte that does not count. Read through include/base/embedded.h.
set -eu
export LC_ALL=C

cat <<'END'
/* Made by tests/tools/embed.sh; not edited by hand. The files below data/, as they are. */
#include "embedded_table.h"
END
n=0
for file in "$@"; do
    cat <<END
__asm__(".pushsection .rodata\n"
        ".global embedded_start_$n\n.hidden embedded_start_$n\nembedded_start_$n:\n.incbin \"$file\"\n"
        ".global embedded_end_$n\n.hidden embedded_end_$n\nembedded_end_$n:\n.byte 0\n"
        ".popsection");
extern const char embedded_start_$n[], embedded_end_$n[];
END
    n=$((n + 1))
done
echo 'const struct embedded_file embedded_table[] = {'
n=0
for file in "$@"; do
    echo "    {\"${file#data/}\", embedded_start_$n, embedded_end_$n},"
    n=$((n + 1))
done
echo '    {0, 0, 0}};'
echo "const size_t embedded_count = $n;"
