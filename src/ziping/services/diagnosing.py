"""What is configured on this machine, and whether it works (环境检查)."""

import platform
import shutil
import subprocess
import sys
from pathlib import Path

import ziping
from ziping.config import Settings
from ziping.content.library import Content
from ziping.domain.access import EVERYTHING
from ziping.domain.errors import ZipingError
from ziping.domain.login import LoginSettings
from ziping.domain.processes import SILENT_S
from ziping.persistence.database import Database, open_database
from ziping.persistence.migrating import HEAD
from ziping.persistence.processes import list_processes
from ziping.persistence.reports import count_reports
from ziping.persistence.scoped import Scoped
from ziping.services.answers import DoctorAnswer, DoctorLine
from ziping.services.diagnosing_outside import diagnose_login, diagnose_services

_GIGABYTE = 1024**3
_LEAST_FREE = 1
_SHOWN_PROBLEMS = 3
_PATIENCE_S = 20
_OFFICIAL_FONTS = ("方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体")
"""Fonts of official documents; Word shows another one where a font is missing."""


def diagnose(settings: Settings, app: Path, login: LoginSettings | None = None) -> DoctorAnswer:
    """Return what was looked at, each with the remedy when it does not work."""
    checks = (
        DoctorLine(
            title="程序",
            ok=True,
            told=f"自评通 {ziping.__version__}，Python {platform.python_version()}（{sys.prefix}）",
        ),
        _app(app),
        *_data(settings),
        _disk(settings.home),
        _content(settings.content_dir),
        DoctorLine(title="留痕姓名", ok=True, told=f"{settings.user}（ZIPING_USER 可改）"),
        diagnose_login(login, settings.allowed_hosts),
        *diagnose_services(settings),
        _office(),
        _fonts(),
    )
    return DoctorAnswer(ok=all(one.ok for one in checks), checks=checks)


def _app(app: Path) -> DoctorLine:
    """Tell whether the pages are installed."""
    found = app.is_file()
    return DoctorLine(title="界面", ok=found, told=str(app) if found else f"缺少 {app}，请重新安装")


def _data(settings: Settings) -> tuple[DoctorLine, ...]:
    """Tell whether the data directory can be written, the database opens, and who works on it."""
    home = f"{settings.home}（ZIPING_HOME 可改）"
    try:
        database = open_database(settings.home, settings.database_url)
        try:
            where = database.address.where
            with database.read() as connection:
                found = count_reports(Scoped(connection, EVERYTHING))
            processes = _processes(settings, database)
        finally:
            database.close()
    except ZipingError as error:
        title = "数据库" if settings.database_url else "数据目录"
        return (DoctorLine(title=title, ok=False, told=f"{home}：{error}"),)
    return (
        DoctorLine(title="数据目录", ok=True, told=home),
        DoctorLine(title="数据库", ok=True, told=f"{where}，正常，结构 {HEAD}，共 {found} 份报告"),
        processes,
    )


def _processes(settings: Settings, database: Database) -> DoctorLine:
    """Tell how many processes are at work, and what several of them need."""
    with database.read() as connection:
        running = [one for one in list_processes(connection) if one.silent_s < SILENT_S]
    told = (
        "、".join(f"{one.kind} {one.host}:{one.pid}" for one in running) or "没有在处理任务的进程"
    )
    needed = []
    if len(running) > 1 and not settings.database_url:
        needed.append("多个进程同用一个 SQLite 文件，请改用 PostgreSQL（DATABASE_URL）")
    if len(running) > 1 and not settings.chroma_url:
        needed.append("多个进程不能共用本机目录里的 chromadb，请设置 CHROMA_URL")
    return DoctorLine(title="进程", ok=True, told="；".join([told, *needed]), warning=bool(needed))


def _disk(home: Path) -> DoctorLine:
    """Tell how much room is left."""
    place = next((one for one in (home, *home.parents) if one.exists()), Path())
    free = shutil.disk_usage(place).free / _GIGABYTE
    told = f"剩余 {free:.1f} GB"
    enough = free >= _LEAST_FREE
    return DoctorLine(title="磁盘", ok=enough, told=told if enough else f"{told}，请尽快清理")


def _content(folder: Path) -> DoctorLine:
    """Tell whether the rules and templates are sound."""
    problems = Content(folder).check()
    if not problems:
        return DoctorLine(title="规则与模板", ok=True, told=f"{folder}，没有问题")
    told = "；".join(problems[:_SHOWN_PROBLEMS])
    return DoctorLine(
        title="规则与模板",
        ok=False,
        told=f"{len(problems)} 处有误：{told}（详见 ziping rules check）",
    )


def _office() -> DoctorLine:
    """Tell whether Word files can be turned into PDF here."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    told = found or "没有安装；Word 和 Excel 照常导出，要 PDF 请在 Word 或 WPS 里另存"
    return DoctorLine(title="LibreOffice", ok=True, told=told, warning=not found)


def _fonts() -> DoctorLine:
    """Tell which fonts of official documents this machine has."""
    title = "公文字体"
    lister = shutil.which("fc-list")
    if lister is None:
        return DoctorLine(title=title, ok=True, told="本机不能列出字体；以阅读者电脑上的为准")
    listed = subprocess.run(  # noqa: S603 - a program of the system, by its full path
        [lister, ":", "family"], capture_output=True, text=True, check=False, timeout=_PATIENCE_S
    ).stdout
    missing = [one for one in _OFFICIAL_FONTS if one not in listed]
    if not missing:
        return DoctorLine(title=title, ok=True, told="齐全")
    told = f"本机没有 {'、'.join(missing)}；只影响在本机预览，Word 文件里写的仍是这些字体"
    return DoctorLine(title=title, ok=True, told=told, warning=True)
