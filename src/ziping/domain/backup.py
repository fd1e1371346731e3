"""What a backup says of itself, so that damage and foreign files are found before restoring."""

from datetime import datetime
from typing import Literal

from ziping.domain.model import Record

BACKUP_KIND: Literal["ziping-backup"] = "ziping-backup"


class BackupTable(Record):
    """One table in a backup (备份中的表)."""

    name: str
    rows: int
    size: int
    """Bytes, unpacked."""
    sha256: str


class BackupManifest(Record):
    """The list of what is in a backup (备份清单)."""

    kind: Literal["ziping-backup"] = BACKUP_KIND
    program: str
    """Version of the program that made it."""
    schema_version: str
    """Which migration the data are at (数据库结构版本)."""
    made_at: datetime
    made_by: str
    source: str
    """sqlite or postgresql."""
    tables: tuple[BackupTable, ...]
    last_ids: dict[str, int]
    """Highest ids ever given, by table; ids of removed rows are not given again."""
