"""What a database refuses, told in Chinese with what to do; no password and no text is shown."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from ziping.domain.errors import StorageError

_Told = tuple[str, str]

_FULL = ("磁盘已满，未能保存", "请清理磁盘后再点一次保存；已输入的内容仍在页面上")
_READ_ONLY = ("数据库是只读的，未能保存", "请检查数据目录的写入权限")
_BUSY = ("数据库正被其他程序占用，未能保存", "请稍候重试")
_LOST = (
    "与数据库的连接断开了，这一次可能没有保存",
    "请稍候再保存一次，已输入的内容仍在页面上；总是断开时，请管理员查看数据库服务",
)
_AWAY = (
    "连接不上数据库",
    "请管理员检查数据库服务是否已启动，DATABASE_URL 里的主机、端口和网络是否正确",
)
_NO_RIGHTS = ("数据库用户没有所需的权限", "请管理员给该用户授权，办法见部署说明")
_NUL = ("内容里有不可见的空字符，未能保存", "多半是从别处粘贴带来的，请删去后重新输入")

_SQLITE: dict[str, _Told] = {
    "database or disk is full": _FULL,
    "attempt to write a readonly database": _READ_ONLY,
    "database is locked": _BUSY,
    "unable to open database file": (
        "打不开数据库文件",
        "请检查数据目录是否存在、能否写入",
    ),
    "file is not a database": (
        "数据文件已损坏或不是本系统的数据库",
        "请从备份恢复该文件",
    ),
    "malformed": ("数据文件已损坏", "请从备份恢复该文件"),
    "disk i/o error": ("读写磁盘出错，未能保存", "请检查磁盘后重试"),
}
"""Parts of SQLite's messages."""

_SQLSTATES: dict[str, _Told] = {
    "53100": _FULL,
    "53300": ("数据库的连接数已用完", "请稍候重试；常有此事时，请管理员调大 max_connections"),
    "25006": ("数据库是只读的，未能保存", "请管理员检查连接的是否为备用服务器"),
    "55P03": _BUSY,
    "40P01": _BUSY,
    "40001": _BUSY,
    "42501": _NO_RIGHTS,
    "57P01": _LOST,
    "57P02": _LOST,
    "22021": _NUL,
    "57P03": ("数据库服务正在启动或停止", "请稍候重试"),
    "25P03": _LOST,
}
"""PostgreSQL's codes, whatever language the server speaks."""

_REFUSED_LOGIN: dict[str, _Told] = {
    "password": (
        "数据库不接受这个用户名或密码",
        "请管理员核对 DATABASE_URL 里的用户名和密码，密码里的特殊字符要按网址规则转义",
    ),
    "authentication": ("数据库不允许这样登录", "请管理员核对用户名，并查看 pg_hba.conf"),
    "pg_hba.conf": ("数据库不允许从这台机器登录", "请管理员查看 pg_hba.conf"),
    "does not exist": (
        "数据库服务里没有这个数据库或用户",
        "请管理员核对 DATABASE_URL，或先建立数据库，办法见部署说明",
    ),
    "too many": ("数据库的连接数已用完", "请稍候重试；常有此事时，请管理员调大 max_connections"),
    "starting up": ("数据库服务正在启动", "请稍候重试"),
    "shutting down": ("数据库服务正在停止", "请稍候重试"),
}
"""Parts of what libpq says of a login that failed; it hands over no code then."""


@contextmanager
def told(where: str) -> Iterator[None]:
    """Tell a failure of the database in Chinese, with what to do."""
    try:
        yield
    except PoolTimeoutError as error:
        raise StorageError(_BUSY[0], where=where, remedy=_BUSY[1]) from error
    except DBAPIError as error:
        known = _known(error)
        if known is None:
            raise
        raise StorageError(known[0], where=where, remedy=known[1]) from error


def busy(where: str) -> StorageError:
    """Return the refusal of a write that has waited too long for its turn."""
    return StorageError(_BUSY[0], where=where, remedy=_BUSY[1])


def _known(error: DBAPIError) -> _Told | None:
    """Return how a failure is told; None for a mistake of ours."""
    text = str(error.orig).lower()
    if type(error.orig).__module__.startswith("sqlite3"):
        return _first(_SQLITE, text)
    if state := getattr(error.orig, "sqlstate", None):
        return _SQLSTATES.get(state) or (_LOST if error.connection_invalidated else None)
    if "nul (0x00)" in text:
        return _NUL
    if "connection failed" in text or "failed to resolve" in text:
        return _first(_REFUSED_LOGIN, text) or _AWAY
    return _LOST if error.connection_invalidated or "connection" in text else None


def _first(known: dict[str, _Told], text: str) -> _Told | None:
    """Return what the first part that a message has is told as."""
    return next((one for part, one in known.items() if part in text), None)
