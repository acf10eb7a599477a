#!/usr/bin/env bash
# Sees to it that the browser tests have what they need: npm's packages, Chromium
# with Chinese fonts, a Java runtime for the markup checker. Installs with
# apt-get where it may; else says exactly what to install, and fails. With "npm"
# only npm's packages.
set -euo pipefail
cd "$(dirname "$0")"

missing=()
chromium_found() { command -v "${CHROMIUM:-chromium}" >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; }
han_font_found() { command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh-cn 2>/dev/null | head -1)" ]; }

if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then
  echo "tests: Node.js 20 or newer with npm is needed; install it from your system's packages or nodejs.org" >&2
  exit 1
fi
if [ "$(node -p 'Number(process.versions.node.split(".")[0])')" -lt 20 ]; then
  echo "tests: Node.js 20 or newer is needed; this is $(node --version)" >&2
  exit 1
fi
java_works() { command -v java >/dev/null 2>&1 && java -version >/dev/null 2>&1; }
if [ "${1:-}" != npm ]; then
  chromium_found || missing+=(chromium)
  han_font_found || missing+=(fontconfig fonts-noto-cjk)
  java_works || missing+=(default-jre-headless)
fi

if [ ${#missing[@]} -gt 0 ]; then
  sudo=""
  [ "$(id -u)" = 0 ] || sudo="sudo -n"
  if command -v apt-get >/dev/null 2>&1 && { [ -z "$sudo" ] || $sudo true 2>/dev/null; }; then
    echo "tests: installing ${missing[*]}"
    $sudo apt-get update -q >/dev/null
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -q --no-install-recommends "${missing[@]}" >/dev/null
  else
    echo "tests: please install these packages (Debian's names): ${missing[*]}" >&2
    echo "tests: for example: sudo apt-get install ${missing[*]}" >&2
    exit 1
  fi
fi

# npm's packages follow the lock file; its stamp tells whether they still do.
stamp=node_modules/.stamp
if ! cmp -s package-lock.json "$stamp" 2>/dev/null; then
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  cp package-lock.json "$stamp"
fi
