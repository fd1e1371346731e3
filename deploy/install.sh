#!/usr/bin/env bash
# 离线安装：./install.sh [安装目录]，默认 /opt/ziping。不访问网络；再次运行即升级。
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target=${1:-/opt/ziping}
wanted=$(cat "$here/python-version")
python=${PYTHON:-python$wanted}

fail() { echo "错误：$*" >&2; exit 2; }

command -v "$python" >/dev/null || fail "没有找到 Python $wanted。请安装同一版本，或用 PYTHON=路径 指定。"
found=$("$python" -c 'import sys; print(f"{sys.version_info[0]}.{sys.version_info[1]}")')
[ "$found" = "$wanted" ] || fail "安装包适用于 Python $wanted，$python 是 $found。"
(cd "$here" && sha256sum --check --quiet --strict SHA256SUMS) \
  || fail "安装包不完整或被改动，请重新复制。"

echo "正在安装到 $target ……"
mkdir -p "$target"
if [ ! -x "$target/bin/python" ]; then
  "$python" -m venv "$target" \
    || fail "无法建立虚拟环境。Debian/Ubuntu 请安装 python3-venv 组件。"
fi
pip() { "$target/bin/python" -m pip --isolated --disable-pip-version-check -q "$@"; }
pip install --no-index --find-links "$here/wheels" --require-hashes -r "$here/requirements.lock"
pip install --no-index --no-deps --force-reinstall "$here"/wheels/ziping-*.whl

"$target/bin/ziping" --version
cat <<TOLD
安装完成。下一步：
  $target/bin/ziping doctor            检查本机
  $target/bin/ziping doctor --airgap   断网自检
  $target/bin/ziping serve             启动，浏览器打开 http://127.0.0.1:8501
供多人使用的部署办法见 docs/deployment.md。
TOLD
