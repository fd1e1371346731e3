"""Worker processes fed over pipes; one that dies or hangs takes only its task with it (进程池).

They are started as programs of their own, not forked: the page that starts them runs threads, and
its main script is no module that a spawned process could import.
"""

import contextlib
import json
import os
import selectors
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Message = dict[str, Any]
DIED = "died"
"""Key of the message that tells why a worker is gone, in Chinese."""
UNDONE = "undone"
"""Key of the message that a task was not begun when its worker went."""
_MODULE = "ziping.jobs.batching.worker"
_PIECE = 1 << 16
_PATIENCE_S = 300.0
"""How long one task may take."""
_DEPTH = 2
"""Tasks a worker holds: it never waits for the next while the last one is being recorded."""


@dataclass
class _Worker:
    """One process and what it is doing."""

    process: subprocess.Popen[bytes]
    tasks: deque[Message] = field(default_factory=deque)
    """The one it works on first."""
    until: float = 0.0
    _rest: bytes = field(default=b"")

    @property
    def can_take(self) -> bool:
        """Whether it can take another task."""
        return len(self.tasks) < _DEPTH

    def send(self, message: Mapping[str, object]) -> None:
        """Send a line; a process that is gone is noticed when its output ends."""
        stdin = self.process.stdin
        if stdin is not None:
            with contextlib.suppress(BrokenPipeError):
                stdin.write(json.dumps(message, ensure_ascii=False).encode() + b"\n")
                stdin.flush()

    def received(self) -> list[Message] | None:
        """Return the messages that have come; None when the output has ended."""
        stdout = self.process.stdout
        piece = os.read(stdout.fileno(), _PIECE) if stdout is not None else b""
        if not piece:
            return None
        *lines, self._rest = (self._rest + piece).split(b"\n")
        return [json.loads(line) for line in lines]

    def end(self) -> None:
        """Kill the process and wait for it."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()


class WorkerPool:
    """A number of worker processes (进程池)."""

    def __init__(self, count: int, setup: Message, log: Path) -> None:
        """Keep what every worker is told first; processes start when there is work."""
        self._count = count
        self._setup = setup
        self._log = log
        self._workers: list[_Worker] = []
        self._selector = selectors.DefaultSelector()

    @property
    def has_room(self) -> bool:
        """Whether a worker can take another task or one may be started."""
        return len(self._workers) < self._count or self._least.can_take

    @property
    def is_busy(self) -> bool:
        """Whether any worker has a task."""
        return any(one.tasks for one in self._workers)

    @property
    def _least(self) -> _Worker:
        """The worker with least to do."""
        return min(self._workers, key=lambda one: len(one.tasks))

    def give(self, task: Message) -> None:
        """Give a task to the worker with least to do, or to a new one while all are busy."""
        is_new = len(self._workers) < self._count and all(one.tasks for one in self._workers)
        worker = self._start() if is_new else self._least
        if not worker.tasks:
            worker.until = time.monotonic() + _PATIENCE_S
        worker.tasks.append(task)
        worker.send(task)

    def _start(self) -> _Worker:
        """Start another worker."""
        with self._log.open("ab") as log:
            process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-m", _MODULE],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
            )
        worker = _Worker(process)
        worker.send(self._setup)
        self._workers.append(worker)
        if process.stdout is not None:
            self._selector.register(process.stdout, selectors.EVENT_READ, worker)
        return worker

    def messages(self, timeout_s: float) -> Iterator[tuple[Message, Message]]:
        """Yield (task, message) for what has come within a time; a worker's death is a message."""
        for key, _ in self._selector.select(timeout_s):
            worker: _Worker = key.data
            found = worker.received()
            if found is None:
                yield from self._lost(
                    worker, "处理这份文件的进程意外结束（可能是内存不足或文件异常）"
                )
                continue
            for message in found:
                if "free" in message:
                    worker.tasks.popleft()
                    worker.until = time.monotonic() + _PATIENCE_S
                else:
                    yield worker.tasks[0], message
        now = time.monotonic()
        for worker in [one for one in self._workers if one.tasks and now > one.until]:
            yield from self._lost(worker, f"超过 {_PATIENCE_S:.0f} 秒没有处理完")

    def _lost(self, worker: _Worker, reason: str) -> Iterator[tuple[Message, Message]]:
        """Let go of a worker; the task it was on is told, those behind it were not begun."""
        self._drop(worker)
        for place, task in enumerate(worker.tasks):
            yield task, ({UNDONE: True} if place else {DIED: reason})

    def _drop(self, worker: _Worker) -> None:
        """Let go of a worker."""
        if worker.process.stdout is not None:
            self._selector.unregister(worker.process.stdout)
        worker.end()
        self._workers.remove(worker)

    def close(self) -> None:
        """End every worker."""
        for worker in list(self._workers):
            self._drop(worker)
        self._selector.close()
