"""Reading the audit log, and proving that nobody changed, removed or inserted a line (审计核验)."""

from collections.abc import Iterable

from ziping.domain.access import Right
from ziping.domain.audit import AuditEntry
from ziping.domain.errors import InputError
from ziping.domain.model import Record
from ziping.persistence import audit as store
from ziping.services.access import needs, right_to_look
from ziping.services.workspace import Workspace

MOST_PROBLEMS = 50
"""More are counted, but not told one by one."""


class AuditList(Record):
    """What `audit list` prints (审计记录列表)."""

    entries: tuple[AuditEntry, ...]


class AuditVerdict(Record):
    """What `audit verify` prints (审计核验结果)."""

    ok: bool
    entries: int
    """How many were read."""
    seal: str
    """Number and hash of the last entry; whoever keeps it elsewhere can prove later what was."""
    problems: tuple[str, ...]
    """Each with the number of the entry, in Chinese."""


@needs(Right.USE)
def list_audit(workspace: Workspace, limit: int, report_id: int | None = None) -> AuditList:
    """Return the last entries that a person may know of, of all reports or of one, newest first."""
    with workspace.read(right_to_look(workspace)) as connection:
        return AuditList(entries=store.newest_entries(connection, limit, report_id))


@needs(Right.MANAGE)
def verify_audit(workspace: Workspace, expected_seal: str = "") -> AuditVerdict:
    """Walk through the whole log and compare it with its hashes, its end and an earlier seal."""
    wanted = _parsed(expected_seal) if expected_seal else None
    walk = _Walk(wanted)
    with workspace.read(Right.MANAGE) as rows:
        walk.go(store.read_entries(rows))
        walk.end(*store.head(rows))
    return AuditVerdict(
        ok=not walk.problems,
        entries=walk.count,
        seal=f"{walk.last_id}:{walk.last_hash}",
        problems=tuple(walk.problems[:MOST_PROBLEMS]),
    )


def _parsed(seal: str) -> tuple[int, str]:
    """Return number and hash of a seal."""
    number, _, told = seal.partition(":")
    if not (number.isascii() and number.isdigit() and told):
        raise InputError(
            "核验码写得不对", remedy="请照抄以前 ziping audit verify 打印的核验码，形如 12:3f9a…"
        )
    return int(number), told


class _Walk:
    """A walk through the log from the first entry to the last."""

    def __init__(self, wanted: tuple[int, str] | None) -> None:
        self.problems: list[str] = []
        self.count = 0
        self.last_id = 0
        self.last_hash = ""
        self._wanted = wanted
        self._met = wanted is None or wanted[0] == 0

    def go(self, entries: Iterable[AuditEntry]) -> None:
        """Compare every entry with itself and with the one before."""
        for one in entries:
            self.count += 1
            if one.id != self.last_id + 1:
                self.problems.append(f"第 {self.last_id + 1} 条到第 {one.id - 1} 条不见了")
            elif one.previous != self.last_hash:
                self.problems.append(f"第 {one.id} 条与上一条接不上：其中有一条被改动或替换过")
            if not one.is_sound:
                self.problems.append(f"第 {one.id} 条的内容被改动过")
            if self._wanted == (one.id, one.hash):
                self._met = True
            self.last_id, self.last_hash = one.id, one.hash

    def end(self, noted_id: int, noted_hash: str) -> None:
        """Compare the end of the log with what was noted of it."""
        if noted_id > self.last_id:
            self.problems.append(f"末尾缺 {noted_id - self.last_id} 条，应到第 {noted_id} 条")
        elif (noted_id, noted_hash) != (self.last_id, self.last_hash):
            self.problems.append(f"末尾多出没有登记的记录：登记到第 {noted_id} 条")
        if not self._met and self._wanted:
            self.problems.append(
                f"与以前的核验码不符：第 {self._wanted[0]} 条不是当时的那一条，此前的记录被换过"
            )
