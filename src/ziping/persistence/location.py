"""Where the database may lie: a local directory that can be written."""

from pathlib import Path

from ziping.domain.errors import StorageError, os_reason

_NETWORK_FILE_SYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs"})


def prepare_home(home: Path, mounts: Path = Path("/proc/mounts")) -> None:
    """Create the data directory; raise StorageError where data would not be safe.

    SQLite's locks do not hold on network shares, so those are refused.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
        probe = home / ".write-test"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise StorageError(
            "数据目录不能写入",
            where=str(home),
            why=os_reason(error),
            remedy="请检查磁盘空间和目录权限，或用环境变量 ZIPING_HOME 指定其他目录",
        ) from error
    kind = file_system_of(home, mounts)
    if kind in _NETWORK_FILE_SYSTEMS:
        raise StorageError(
            f"数据目录在网络共享盘（{kind}）上",
            where=str(home),
            why="网络盘上的文件锁不可靠，多人同时保存会损坏数据",
            remedy="请用环境变量 ZIPING_HOME 指定本机磁盘上的目录",
        )


def file_system_of(path: Path, mounts: Path) -> str:
    """Return the kind of file system a path lies on, blank when the system does not tell."""
    if not mounts.exists():
        return ""
    best, kind = "", ""
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        fields = line.split()
        point = fields[1].replace("\\040", " ")
        inside = str(path.resolve()).startswith(point.rstrip("/") + "/") or str(path) == point
        if inside and len(point) >= len(best):
            best, kind = point, fields[2]
    return kind
