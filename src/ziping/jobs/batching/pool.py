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
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Message = dict[str, Any]
DIED = "died"
"""Key of the message that tells why a worker is gone, in Chinese."""
_MODULE = "ziping.jobs.batching.worker"
_PIECE = 1 << 16
_PATIENCE_S = 300.0
"""How long one task may take."""


@dataclass
class _Worker:
    """One process and what it is doing."""

    process: subprocess.Popen[bytes]
    task: Message | None = None
    until: float = 0.0
    _rest: bytes = field(default=b"")

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
        """Whether a worker is free or may be started."""
        return len(self._workers) < self._count or any(one.task is None for one in self._workers)

    @property
    def is_busy(self) -> bool:
        """Whether any worker has a task."""
        return any(one.task is not None for one in self._workers)

    def give(self, task: Message) -> None:
        """Give a task to a free worker."""
        free = next((one for one in self._workers if one.task is None), None) or self._start()
        free.task = task
        free.until = time.monotonic() + _PATIENCE_S
        free.send(task)

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
            task = worker.task or {}
            found = worker.received()
            if found is None:
                self._drop(worker)
                yield task, {DIED: "处理这份文件的进程意外结束（可能是内存不足或文件异常）"}
                continue
            for message in found:
                if "free" in message:
                    worker.task = None
                else:
                    yield task, message
        for worker in [one for one in self._workers if one.task and time.monotonic() > one.until]:
            task = worker.task or {}
            self._drop(worker)
            yield task, {DIED: f"超过 {_PATIENCE_S:.0f} 秒没有处理完"}

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
