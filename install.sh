#!/bin/sh
# Installs vira-setup for this account, below ~/.local or --prefix: the package where there is Node 20.17 or newer, and
# otherwise an executable that needs no Node. What is downloaded is compared with the checksums of the release. Root is
# not needed.
set -eu
umask 022

# Both are those of the release that this script belongs to.
repository=''
version='0.1.0'

usage='Usage: install.sh [--prefix FOLDER] [--package | --executable] [--uninstall]

  --prefix FOLDER   install to FOLDER/bin and FOLDER/lib (default: ~/.local)
  --package         the package, which needs Node 20.17 or newer
  --executable      the executable, which needs no Node
  --uninstall       remove what this script installed'

fail() {
	printf 'install.sh: %s\n' "$1" >&2
	exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

find_system() {
	case $(uname -s) in
	Linux) system=linux ;;
	Darwin) system=darwin ;;
	*) fail "There is no vira-setup for $(uname -s), only for Linux and macOS." ;;
	esac
}

# The name that releases have for this system and processor.
find_target() {
	case $(uname -m) in
	x86_64 | amd64) processor=x64 ;;
	aarch64 | arm64) processor=arm64 ;;
	*) fail "There is no executable for the processor $(uname -m). Install Node 20.17 or newer, then run this again." ;;
	esac
	# Rosetta shows programs another processor (sysctl(3), hw.optional).
	if [ "$system" = darwin ] && [ "$(sysctl -n hw.optional.arm64 2>/dev/null)" = 1 ]; then processor=arm64; fi
	target=$system-$processor
}

# The executable is Node with the program in it, and needs what that Node needs.
demand_system() {
	if [ "$system" = darwin ]; then
		found=$(sw_vers -productVersion)
		is_at_least "$found" 13.5 ||
			fail "The executable needs macOS 13.5 or newer; this is $found. Install Node 20.17 or newer, then run this again."
	else
		# musl, the libc of Alpine, has no name for its version (getconf(1)).
		found=$(getconf GNU_LIBC_VERSION 2>/dev/null) || found='another libc, such as musl'
		is_at_least "${found#glibc }" 2.28 ||
			fail "The executable needs glibc 2.28 or newer; this Linux has $found. Install Node 20.17 or newer, then run this again."
	fi
}

# Whether the version $1 is $2 or newer; both are two numbers with a dot.
is_at_least() {
	awk -v found="$1" -v least="$2" 'BEGIN {
		split(found, f, "."); split(least, l, ".")
		exit !(f[1] + 0 > l[1] + 0 || (f[1] + 0 == l[1] + 0 && f[2] + 0 >= l[2] + 0))
	}'
}

has_node() { has node && is_at_least "$(node --version | sed 's/^v//')" 20.17; }

# curl gives up a server that sends nothing for a minute; BusyBox knows few options of wget.
download() {
	if has curl; then
		curl --fail --silent --show-error --location --retry 2 --connect-timeout 60 --speed-limit 1 --speed-time 60 --output "$2" "$1" || fail "Could not download $1."
	elif has wget; then
		wget --quiet --tries 3 --output-document "$2" "$1" || fail "Could not download $1."
	else
		fail 'curl or wget is needed to download vira-setup.'
	fi
}

sum_of() {
	if has sha256sum; then
		sha256sum <"$1" | cut -d ' ' -f 1
	elif has shasum; then
		shasum -a 256 <"$1" | cut -d ' ' -f 1
	elif has openssl; then
		openssl dgst -sha256 -r <"$1" | cut -d ' ' -f 1
	else
		fail 'sha256sum, shasum or openssl is needed to verify what was downloaded.'
	fi
}

# Downloads a file of the release and demands that it has the checksum that the release names.
fetch() {
	download "$releases/v$version/$1" "$work/$1"
	wanted=$(awk -v name="$1" '$2 == name || $2 == "*" name { print $1 }' "$work/SHA256SUMS")
	[ -n "$wanted" ] || fail "The checksums of version $version do not name $1."
	found=$(sum_of "$work/$1")
	[ "$found" = "$wanted" ] ||
		fail "$1 is not the file of the release: its SHA-256 is $found, not $wanted. Nothing was installed."
}

# Folders are made one by one, so that a failure removes only those.
make_folder() {
	[ -d "$1" ] && return
	make_folder "$(dirname "$1")"
	# An interruption comes after a command: the folder is noted before there is one.
	made="$1
$made"
	mkdir "$1" || fail "Could not create $1."
}

clean() {
	status=$?
	trap - EXIT
	# A second interruption would end it half-way.
	trap '' HUP INT TERM PIPE
	if [ -n "$replaces" ]; then
		rm -rf "$lib"
		if [ -e "$work/old" ]; then mv "$work/old" "$lib"; fi
	fi
	if [ -n "$work" ]; then rm -rf "$work"; fi
	if [ "$status" -ne 0 ]; then
		printf %s "$made" | while IFS= read -r folder; do rmdir "$folder" 2>/dev/null || true; done
	fi
	exit "$status"
}

# Nothing of the person is replaced: only a link to what this script installed.
demand_ours() {
	if [ -L "$bin" ]; then
		case $(readlink "$bin") in
		../lib/vira-setup/*) return ;;
		esac
	elif [ ! -e "$bin" ]; then
		return
	fi
	fail "$bin is not from this script. Remove it, or use another --prefix."
}

uninstall() {
	[ -L "$bin" ] || [ -e "$lib" ] || fail "There is no vira-setup in $prefix."
	demand_ours
	[ ! -e "$lib" ] || [ -e "$lib/.from-install.sh" ] || fail "$lib is not from this script."
	rm -f "$bin"
	rm -rf "$lib"
	printf 'vira-setup is removed. What it set up, such as the service of Vira, stays.\n'
}

# The folder $work/new gets the program, and $start is the file in it to start.
unpack() {
	if [ "$kind" = package ]; then
		file=vira-setup-$version.tgz
		inside=package
		start=dist/entry.cjs
	else
		file=vira-setup-$target.tar.gz
		inside=vira-setup-$target
		start=vira-setup
	fi
	fetch "$file"
	# Not as the account that packed it, if this is root.
	tar -xzof "$work/$file" -C "$work" || fail "$file cannot be unpacked."
	mv "$work/$inside" "$work/new"
	chmod 755 "$work/new/$start"
	: >"$work/new/.from-install.sh"
	found=$("$work/new/$start" --version </dev/null 2>"$work/said") || explain_start
	[ "$found" = "$version" ] || fail "The program is version $found, not $version. Nothing was installed."
}

# The program was downloaded, but this machine cannot run it.
explain_start() {
	cat "$work/said" >&2
	case $(cat "$work/said") in
	*'error while loading shared libraries'* | *'Error loading shared library'*)
		fail "A library is missing. Install it (on Debian: apt install libstdc++6 libatomic1; on Fedora: dnf install libstdc++ libatomic), then run this again. Nothing was installed."
		;;
	esac
	fail 'The program does not start on this machine. Nothing was installed.'
}

install() {
	[ -n "$releases" ] || fail 'This script belongs to no release.'
	demand_ours
	[ ! -e "$lib" ] || [ -e "$lib/.from-install.sh" ] || fail "$lib is not from this script. Use another --prefix."
	find_system
	if [ -z "$kind" ]; then if has_node; then kind=package; else kind=executable; fi; fi
	if [ "$kind" = package ]; then
		has_node || fail 'The package needs Node 20.17 or newer.'
	else
		find_target
		demand_system
	fi
	make_folder "$prefix/bin"
	make_folder "$prefix/lib"
	[ -w "$prefix/bin" ] || fail "$prefix/bin cannot be written. Use another --prefix."
	work=$(mktemp -d "$prefix/lib/.vira-setup.XXXXXX") || fail "$prefix/lib cannot be written. Use another --prefix."
	download "$releases/v$version/SHA256SUMS" "$work/SHA256SUMS"
	unpack
	ln -s "../lib/vira-setup/$start" "$work/link"
	# From here on, a signal would come between.
	trap '' HUP INT TERM PIPE
	if [ -e "$lib" ]; then mv "$lib" "$work/old"; fi
	replaces=yes
	mv "$work/new" "$lib"
	mv -f "$work/link" "$bin"
	replaces=
	printf 'vira-setup %s is installed. To begin, type:\n\n  %s\n\n' "$version" "$(typed)"
}

# What starts the program in a shell.
typed() {
	first=$(command -v vira-setup) || first=
	if [ "$first" = "$bin" ]; then
		printf vira-setup
		return
	fi
	case $bin in
	*[!A-Za-z0-9/._+-]*) printf "'%s'" "$(printf %s "$bin" | sed "s/'/'\\\\''/g")" ;;
	*) printf %s "$bin" ;;
	esac
	case :$PATH: in
	*":$prefix/bin:"*) printf '\n\nvira-setup alone starts %s, which is before it on your PATH.' "$first" ;;
	*) printf '\n\nFor vira-setup alone, add %s to your PATH.' "$prefix/bin" ;;
	esac
}

main() {
	prefix=${HOME:+$HOME/.local}
	kind=
	does=install
	made=
	work=
	replaces=
	while [ $# -gt 0 ]; do
		case $1 in
		--prefix)
			[ $# -gt 1 ] || fail '--prefix needs a folder.'
			prefix=$2
			shift
			;;
		--prefix=*) prefix=${1#*=} ;;
		--package) kind=package ;;
		--executable) kind=executable ;;
		--uninstall) does=uninstall ;;
		--help | -h)
			printf '%s\n' "$usage"
			exit
			;;
		*) fail "Unknown option: $1
$usage" ;;
		esac
		shift
	done
	[ -n "$prefix" ] || fail 'There is no folder to install to: HOME is not set, or --prefix is empty.'
	case $prefix in
	/*) ;;
	*) prefix=$(pwd)/$prefix ;;
	esac
	# What is printed and compared has one slash, also for --prefix FOLDER/.
	while [ "${prefix%/}" != "$prefix" ]; do prefix=${prefix%/}; done
	lib=$prefix/lib/vira-setup
	bin=$prefix/bin/vira-setup
	# The second one is for a mirror.
	releases=${repository:+$repository/releases/download}
	releases=${VIRA_SETUP_RELEASES:-$releases}
	trap clean EXIT
	trap 'exit 129' HUP
	trap 'exit 130' INT
	trap 'exit 143' TERM
	"$does"
}

# A script that was cut off on its way does nothing.
main "$@"
