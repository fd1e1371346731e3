#!/usr/bin/env bash
# Makes dist/ziping-<version>-<platform>.tar.gz: everything that a machine without network needs.
# Usage: deploy/make_bundle.sh PYTHON (an interpreter that has the locked build group)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
python=$(command -v "$1")

version=$("$python" -c 'import tomllib; print(tomllib.load(open("pyproject.toml", "rb"))["project"]["version"])')
platform=$("$python" -c 'import sysconfig, sys; print(f"{sysconfig.get_platform()}-py{sys.version_info[0]}.{sys.version_info[1]}")')
name="ziping-$version-$platform"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bundle="$work/$name"
mkdir -p "$bundle/wheels"
pip() { "$python" -m pip --disable-pip-version-check -q "$@"; }

echo "正在收集依赖（版本和校验值以 requirements.lock 为准）……"
pip download --no-deps --require-hashes --only-binary :all: --dest "$bundle/wheels" -r requirements.lock
echo "正在打包程序……"
pip wheel --no-deps --no-build-isolation --wheel-dir "$bundle/wheels" .
cp requirements.lock README.md CHANGELOG.md LICENSE deploy/install.sh "$bundle/"
cp deploy/bundle.txt "$bundle/安装说明.txt"
mkdir "$bundle/deploy"
cp -r docs "$bundle/"
cp -r deploy/systemd deploy/nginx deploy/ziping.env deploy/login.toml "$bundle/deploy/"
"$python" -c 'import sys; print(f"{sys.version_info[0]}.{sys.version_info[1]}")' > "$bundle/python-version"
(cd "$bundle" && find . -type f ! -name SHA256SUMS -print0 | sort -z | xargs -0 sha256sum > SHA256SUMS)

mkdir -p dist
tar --sort=name --owner=0 --group=0 --numeric-owner -C "$work" -czf "dist/$name.tar.gz.part" "$name"
mv "dist/$name.tar.gz.part" "dist/$name.tar.gz"
echo "已生成 dist/$name.tar.gz（$(du -h "dist/$name.tar.gz" | cut -f1)）"
