#!/bin/sh
# Installs what the judges need and this machine lacks: Debian packages, for
# which it wants root or sudo, and the npm packages of package-lock.json, here
# below. It says what it does; when nothing is missing it does and says nothing.
set -eu
cd "$(dirname "$0")"
PATH=$PATH:/usr/sbin # where Debian has servers

packages=
# want PROGRAM PACKAGE…: the packages are missing when the program is.
want() {
	program=$1
	shift
	command -v "$program" >/dev/null || packages="$packages $*"
}
# file PATH PACKAGE: the package is missing when the file is.
file() {
	[ -e "$1" ] || packages="$packages $2"
}
# font FAMILY PACKAGE: the package is missing when the font is. Judges look at
# pages in fonts they know: others are wider, or tell a PDF other words.
font() {
	[ -n "$(fc-list "$1" 2>/dev/null)" ] || packages="$packages $2"
}

want apache2 apache2-bin
want caddy caddy
want chromium chromium
want chromium-headless-shell chromium-headless-shell
want curl curl
want dillo dillo
want firefox-esr firefox-esr
want javac default-jdk-headless
want kiwix-serve kiwix-tools
want lighttpd lighttpd
file /usr/lib/lighttpd/mod_deflate.so lighttpd-mod-deflate
want lynx lynx
want minisign minisign
want msgfmt gettext
want po2xliff translate-toolkit
want po4a po4a
file /usr/lib/nginx/modules/ngx_http_brotli_static_module.so libnginx-mod-http-brotli-static
want pdftotext poppler-utils
want qpdf qpdf
want rclone rclone
want rsync rsync
want strace strace
want nginx nginx-light
want netsurf-gtk netsurf-gtk
want node nodejs
want npm npm
want unzip unzip
want w3m w3m
want Xvfb xvfb
want zimcheck zim-tools
want zsync zsync
want fc-list fontconfig
font "Noto Sans Arabic" fonts-noto-core
font "Noto Sans CJK SC" fonts-noto-cjk

if [ -n "$packages" ]; then
	if ! command -v apt-get >/dev/null; then
		echo "install.sh: please install$packages (these are Debian's names)" >&2
		exit 1
	fi
	sudo=
	[ "$(id -u)" = 0 ] || sudo=sudo
	echo "install.sh: installing$packages" >&2
	# Debian starts a server when it is installed and ever after; these are for tests.
	for server in apache2 caddy lighttpd nginx; do
		case $packages in *" $server"*) $sudo ln -sf /dev/null "/etc/systemd/system/$server.service" || : ;; esac
	done
	$sudo apt-get -qq update
	# shellcheck disable=SC2086 # the list is meant to be split
	$sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $packages >&2
fi

# npm writes its own copy of the lock file last, so its age tells.
if [ ! node_modules/.package-lock.json -nt package-lock.json ]; then
	echo "install.sh: installing the npm packages of build/judges/package-lock.json" >&2
	npm ci --no-progress --loglevel=error >&2
	# Chromium of 2018 comes packed.
	(cd node_modules/chrome-aws-lambda/bin && node -e 'const fs = require("fs"), {brotliDecompressSync: unpack} = require("zlib")
fs.writeFileSync("chromium", unpack(fs.readFileSync("chromium-72.0.3617.0.br")), {mode: 0o755})')
fi
