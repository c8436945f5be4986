# Makes the C table of services' signs from data/services.tsv, by the first bytes of their texts; a row that is
# none stops the build. Run with LC_ALL=C: a byte is a character.
BEGIN {
    FS = "\t"
    split("own other", list, " ");        for (i in list) families[list[i]]
    split("none hint sure", list, " ");   for (i in list) strengths[list[i]]
    split("address name label property pin heading code id-property number-property", list, " ")
    for (i in list) kinds[list[i]]
    for (i = 1; i < 256; i++) bytes[sprintf("%c", i)] = i
    print "/* Made by tests/tools/services.awk from data/services.tsv; not edited by hand. */"
    print "#include \"dial_in_services.h\"\n\n#define OWN true\n#define OTHER false\n"
    print "const struct service_pattern service_patterns[] = {"
}
/^#/ || /^$/ { next }
NF != 5 || !($1 in families) || !($2 in strengths) || !($4 in kinds) || $3 == "" || $5 == "" || $5 ~ /[A-Z]/ {
    printf "%s:%d: this is no row of five fields, in small letters\n", FILENAME, FNR > "/dev/stderr"
    failed = 1
    exit 1
}
{
    length_of = length($5)
    kind = toupper($4)
    gsub(/-/, "_", kind)
    gsub(/["\\?]/, "\\\\&")
    row = sprintf("    {%s, SERVICE_%s, %s, SERVICE_%s, \"%s\", %d},\n", toupper($1), toupper($2),
                  $3 == "-" ? "0" : "\"" $3 "\"", kind, $5, length_of)
    # properties whose value alone counts are asked for by name, never found in a text: they stand behind all others
    first = $4 ~ /-property$/ ? 256 : bytes[substr($5, 1, 1) == "\\" ? substr($5, 2, 1) : substr($5, 1, 1)]
    rows[first] = rows[first] row
    count[first]++
}
END {
    if (failed)
        exit 1
    for (i = 0; i <= 256; i++)
        printf "%s", rows[i]
    print "};\n\nconst unsigned short service_first[] = {"
    for (i = 0; i <= 256; i++) {
        printf "%d,%s", sum, i % 16 == 15 ? "\n" : " "
        sum += count[i]
    }
    printf "%d};\n", sum
}
