"""What is configured on this machine, and whether it works (环境检查)."""

import platform
import shutil
import sys
from pathlib import Path

import ziping
from ziping.config import Settings
from ziping.content.library import Content
from ziping.domain.errors import ZipingError
from ziping.persistence.database import open_database
from ziping.persistence.reports import list_reports
from ziping.services.answers import DoctorAnswer, DoctorLine

_GIGABYTE = 1024**3
_LEAST_FREE = 1
_SHOWN_PROBLEMS = 3


def diagnose(settings: Settings, app: Path) -> DoctorAnswer:
    """Return what was looked at, each with the remedy when it does not work."""
    checks = (
        DoctorLine(
            title="程序",
            ok=True,
            told=f"自评通 {ziping.__version__}，Python {platform.python_version()}（{sys.prefix}）",
        ),
        _app(app),
        _database(settings),
        _disk(settings.home),
        _content(settings.content_dir),
        DoctorLine(title="留痕姓名", ok=True, told=f"{settings.user}（ZIPING_USER 可改）"),
        _writer(settings),
    )
    return DoctorAnswer(ok=all(one.ok for one in checks), checks=checks)


def _writer(settings: Settings) -> DoctorLine:
    """Tell who drafts; the endpoint itself is tried on the page 设置 only."""
    if settings.model is None:
        told = "离线模板；未使用模型，不访问网络"
    else:
        told = f"模型 {settings.model.model}（{settings.model.base_url}），出错时改用模板"
    return DoctorLine(title="撰写", ok=True, told=told)


def _app(app: Path) -> DoctorLine:
    """Tell whether the pages are installed."""
    found = app.is_file()
    return DoctorLine(title="界面", ok=found, told=str(app) if found else f"缺少 {app}，请重新安装")


def _database(settings: Settings) -> DoctorLine:
    """Tell whether the data directory can be written and the database opens."""
    title = "数据目录"
    try:
        database = open_database(settings.home, settings.database_url)
        try:
            with database.read() as connection:
                found = len(list_reports(connection))
        finally:
            database.close()
    except ZipingError as error:
        return DoctorLine(title=title, ok=False, told=str(error))
    return DoctorLine(
        title=title,
        ok=True,
        told=f"{settings.home}（ZIPING_HOME 可改），数据库正常，共 {found} 份报告",
    )


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
