#!/usr/bin/env bash
# Packs release green as it would be shipped, and names it by its contents.
set -euo pipefail

mkdir -p runtime/build
tar -cf runtime/build/green.tar -C releases/green .
cd runtime/build
sha256sum green.tar | tee green.tar.sha256
