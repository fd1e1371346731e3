"""Who this process is, and whether another one is still at work (进程存活)."""

import hashlib
import os
import socket
from functools import cache
from pathlib import Path
from uuid import uuid4

from ziping.domain.processes import SILENT_S, WorkingProcess

_BORN = 21
"""Place of the start time in /proc/<pid>/stat, counted from 0."""


def this_process(kind: str, version: str) -> WorkingProcess:
    """Return this process under a name that no other has or will have."""
    host, pid = socket.gethostname(), os.getpid()
    return WorkingProcess(
        executor_id=f"{host}-{pid}-{uuid4().hex[:8]}",
        kind=kind,
        host=host,
        machine=_machine(),
        pid=pid,
        born=_born(pid),
        version=version,
    )


def is_at_work(process: WorkingProcess) -> bool:
    """Whether a process is there: on this machine it is looked for, else its silence decides."""
    if process.machine and process.machine == _machine():
        return _born(process.pid) == process.born
    return process.silent_s < SILENT_S


@cache
def _machine() -> str:
    """Return what tells this machine's processes from all others; blank where nothing does."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii")
        told = f"{boot}{Path('/proc/self/ns/pid').readlink()}{socket.gethostname()}"
    except OSError:
        return ""
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _born(pid: int) -> str:
    """Return when a process of this machine began; blank: there is none, or it is dead."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    # The program's name, in brackets, may hold spaces.
    fields = told.rpartition(")")[2].split()
    return "" if fields[0] in {"Z", "X"} else fields[_BORN - 2]
