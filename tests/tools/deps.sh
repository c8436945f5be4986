#!/bin/sh
# deps.sh build|test LOG: finds which Debian packages are missing and installs them through apt-get. What comes, and
# how much, is said before; apt-get's own words go into LOG. Without apt-get the missing packages are named, and the
# exit status is 1. "build" is what `make` and `make run` need, "test" what `make test` needs besides.
set -eu

build="gcc make pkg-config libncurses-dev libsqlite3-dev uuid-dev
       libutf8proc-dev libpq-dev libmicrohttpd-dev tzdata"
test="libcmocka-dev libical-dev libre-dev librem-dev python3 python3-pyte python3-dateutil python3-icalendar python3-aiosmtpd
      msmtp mutt sqlite3 postgresql mandoc cppcheck clang clang-format gcovr khal calcurse vdirsyncer radicale git"

# What stands for a package where there is no dpkg: a command, or a pkg-config name after "pc:".
stand_in() {
    case $1 in
    libncurses-dev) echo pc:ncursesw ;;
    libsqlite3-dev) echo pc:sqlite3 ;;
    uuid-dev) echo pc:uuid ;;
    libical-dev) echo pc:libical ;;
    libre-dev) echo pc:libre ;;
    librem-dev) echo pc:librem ;;
    libutf8proc-dev) echo pc:libutf8proc ;;
    libpq-dev) echo pc:libpq ;;
    libmicrohttpd-dev) echo pc:libmicrohttpd ;;
    libcmocka-dev) echo pc:cmocka ;;
    tzdata) echo file:/usr/share/zoneinfo/UTC ;;
    python3-*) echo "py:${1#python3-}" ;;
    postgresql) echo any ;;
    *) echo "$1" ;;
    esac
}

is_there() {
    if command -v dpkg-query >/dev/null 2>&1; then
        case $(dpkg-query -W -f '${Status}' "$1" 2>/dev/null) in
        *' installed') return 0 ;;
        esac
        return 1
    fi
    thing=$(stand_in "$1")
    case $thing in
    any) return 0 ;;
    pc:*) pkg-config --exists "${thing#pc:}" 2>/dev/null ;;
    file:*) test -e "${thing#file:}" ;;
    py:*) python3 -c "import ${thing#py:}" 2>/dev/null ;;
    *) command -v "$thing" >/dev/null 2>&1 ;;
    esac
}

log=${2:?usage: deps.sh build|test LOG}
case ${1-} in
build) wanted=$build ;;
test) wanted=$test ;;
*) echo "usage: deps.sh build|test" >&2; exit 2 ;;
esac

missing=
for package in $wanted; do
    is_there "$package" || missing="$missing $package"
done
missing=${missing# }
test -n "$missing" || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    echo "dialdesk: these are missing (by their Debian names): $missing" >&2
    echo "dialdesk: there is no apt-get here; install them and run make again" >&2
    exit 1
fi
as_root=
if test "$(id -u)" != 0; then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "dialdesk: these packages are missing: $missing" >&2
        echo "dialdesk: there is no sudo; as root run: apt-get install $missing" >&2
        exit 1
    fi
    as_root=sudo
fi
options="-y -q -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 --no-install-recommends"
failed() {
    tail -n 20 "$log" >&2
    echo "dialdesk: apt-get did not install them; what it said is in $log" >&2
    exit 1
}
echo "dialdesk: missing to $1 (Debian packages): $missing"
echo "dialdesk: asking apt-get for them (its words go into $log)"
$as_root apt-get update -q -o DPkg::Lock::Timeout=600 >"$log" 2>&1 || failed
# What apt-get would do, after which it is told not to.
plan=$($as_root env LC_ALL=C apt-get install $options --assume-no $missing 2>&1 || true)
packages=$(echo "$plan" | sed -n 's/.* \([0-9]*\) newly installed.*/\1/p')
download=$(echo "$plan" | sed -n 's,^Need to get \([^/]* [kMG]*B\).*,\1,p')
size=$(echo "$plan" | sed -n 's/^After this operation, \(.*B\) of additional.*/\1/p')
echo "dialdesk: installing $packages packages with what they need: $download to download, $size on the disk"
# A PostgreSQL server of the system's is not wanted: the tests start their own and stop it again.
case " $missing " in
*' postgresql '*)
    if ! test -e /etc/postgresql-common/createcluster.conf; then
        $as_root mkdir -p /etc/postgresql-common
        echo 'create_main_cluster = false' | $as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
    fi ;;
esac
rm -f "$log.status"
{
    status=0
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install $options -o Dpkg::Options::=--force-confold $missing \
        >>"$log" 2>&1 || status=$?
    echo $status >"$log.status"
} &
seconds=0
until test -s "$log.status"; do
    sleep 1
    seconds=$((seconds + 1))
    test $((seconds % 8)) != 0 || echo "    ... $(grep -c '^Unpacking ' "$log") of $packages unpacked, $(grep -c '^Setting up ' "$log") set up"
done
wait
test "$(cat "$log.status")" = 0 || failed
echo "dialdesk: installed"
