#!/bin/sh
# run.sh FOLDER SECONDS: runs each fuzzer that was built in FOLDER for so many seconds, from its corpus. What is new
# and interesting is kept in FOLDER/corpus; what crashes is left in FOLDER/found and makes the exit status 1.
set -u
build=$1 seconds=$2 status=0
mkdir -p "$build/found"
for program in "$build"/test/libfuzzer/fuzz/fuzz_*; do
    test -x "$program" || continue
    name=${program##*/fuzz_}
    mkdir -p "$build/corpus/$name"
    seeds=tests/fuzz/corpus/$name
    test -d "$seeds" || seeds=
    echo "fuzzing $name for $seconds s"
    # shellcheck disable=SC2086
    "$program" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
        -artifact_prefix="$build/found/$name-" "$build/corpus/$name" $seeds >"$build/found/$name.log" 2>&1 || {
        status=1
        tail -n 40 "$build/found/$name.log"
    }
    grep -E 'stat::(number_of_executed_units|new_units_added)' "$build/found/$name.log"
done
exit $status
