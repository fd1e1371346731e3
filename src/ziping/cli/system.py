"""`serve` and `doctor`: starting the app, and what this machine is set up for."""

import os
import socket
import subprocess
import sys

import click

from ziping.cli.chinese import ChineseCommand, WholeNumber
from ziping.cli.echoing import echo
from ziping.cli.inputs import json_option
from ziping.cli.printing import echo_json
from ziping.cli.root import DONE, FOUND
from ziping.config import app_file, load_login, load_settings, login_file
from ziping.domain.errors import InputError, StorageError, os_reason
from ziping.domain.login import CALLBACK, LoginSettings, is_loopback
from ziping.services.answers import AirgapAnswer
from ziping.services.diagnosing import diagnose

_HOST = "127.0.0.1"


@click.command(cls=ChineseCommand, help="启动网页界面，默认只供本机访问；按 Ctrl+C 停止。")
@click.option(
    "--port", metavar="端口", type=WholeNumber(1, 65535), default=8501, help="端口，默认 8501"
)
@click.option(
    "--address", metavar="地址", default=_HOST, help=f"监听的地址，默认 {_HOST}；别的要先启用登录"
)
def serve(port: int, address: str) -> int:
    """Become the app's server."""
    app = app_file()
    if not app.is_file():
        raise StorageError("找不到界面程序", where=str(app), remedy="请重新安装")
    login = load_login()
    _refuse_open_door(address, login)
    _refuse_taken(address, port)
    there = login.redirect_uri.removesuffix(CALLBACK) if login else f"http://{address}:{port}"
    echo(f"正在启动，请用浏览器打开 {there}（按 Ctrl+C 停止）")
    sys.stdout.flush()
    options = ["--server.address", address, "--server.port", str(port), "--server.headless", "true"]
    if named := login_file():
        options += ["--secrets.files", str(named)]
    command = [sys.executable, "-m", "streamlit", "run", str(app), *options]
    os.execv(sys.executable, command)  # noqa: S606 - our own interpreter, no shell


def _refuse_open_door(address: str, login: LoginSettings | None) -> None:
    """Refuse to let others in without a sign-in, or with one that cannot work."""
    if login is None and not is_loopback(address):
        raise InputError(
            f"没有启用登录，不能监听 {address}：能连上的人都可以看到和修改全部报告",
            remedy="请先启用登录（见部署说明“登录”），或只在本机使用",
        )
    if login is not None and login.problems:
        raise InputError(
            f"登录设置不完整：{'；'.join(login.problems)}",
            remedy="请改正后再启动，办法见部署说明“登录”",
        )


@click.command(cls=ChineseCommand, help="检查设置了什么、能否连通：数据库、模型、知识库、磁盘等。")
@click.option("--airgap", is_flag=True, help="断网做一遍主要工作，证明程序不访问外部网络")
@json_option
def doctor(*, airgap: bool, as_json: bool) -> int:
    """Print what is configured and whether it works."""
    if airgap:
        return _prove_airgap(as_json=as_json)
    answer = diagnose(load_settings(), app_file(), load_login())
    if as_json:
        echo_json(answer)
    else:
        for one in answer.checks:
            state = "异常" if not one.ok else "提醒" if one.warning else "正常"
            echo(f"[{state}] {one.title}：{one.told}")
    return DONE if answer.ok else FOUND


def _prove_airgap(*, as_json: bool) -> int:
    """Run the main job in a process with no way out, and print how it went."""
    done = subprocess.run(
        [sys.executable, "-m", "ziping.cli.airgap"], stdout=subprocess.PIPE, check=True
    )
    answer = AirgapAnswer.model_validate_json(done.stdout)
    if as_json:
        echo_json(answer)
        return DONE if answer.ok else FOUND
    for one in answer.steps:
        state = "正常" if one.ok else "异常"
        echo(f"[{state}] {one.title}：{one.told}（{one.seconds:.1f} 秒）")
    echo(
        "环境：只有本机回环的网络命名空间，操作系统切断了一切对外连接。"
        if answer.isolated
        else "环境：本机不允许建立断网环境，以下只对 Python 层的连接负责，均已监视并拒绝。"
    )
    for address in answer.attempts:
        echo(f"错误：程序试图连接外部地址 {address}，已拒绝。")
    if not answer.attempts:
        echo("没有任何对外连接。")
    return DONE if answer.ok else FOUND


def _refuse_taken(address: str, port: int) -> None:
    """Refuse a port that another program listens on."""
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise StorageError(
                f"端口 {port} 不能用",
                why=os_reason(error),
                remedy="可能已有一个在运行；请换一个端口，如 --port 8601",
            ) from error
