"""Says that this process is at work, and takes up what dead ones left behind (心跳与接管)."""

import logging
from collections.abc import Callable
from threading import Event, Thread

from ziping.domain.errors import StorageError
from ziping.domain.processes import WorkingProcess
from ziping.jobs.liveness import is_at_work
from ziping.persistence import processes as store
from ziping.persistence.database import Database

BEAT_S = 2.0

_log = logging.getLogger(__name__)


class Keeper:
    """The thread of a process that speaks for it and watches the others."""

    def __init__(
        self, database: Database, process: WorkingProcess, look_after: Callable[[], None]
    ) -> None:
        """Put the process on the list; `look_after` is called after each beat."""
        self._database = database
        self._process = process
        self._look_after = look_after
        self._over = Event()
        self._thread = Thread(target=self._beat, name="ziping-keeper", daemon=True)
        self._say_hello()

    def start(self) -> None:
        """Begin to beat."""
        self._thread.start()

    def at_work(self) -> tuple[WorkingProcess, ...]:
        """Return the processes that are there, and take those that are not off the list."""
        with self._database.read() as connection:
            listed = store.list_processes(connection)
        gone = [one.executor_id for one in listed if not self._is_there(one)]
        if gone:
            with self._database.write_aside() as connection:
                store.forget(connection, gone)
        return tuple(one for one in listed if one.executor_id not in gone)

    def stop(self) -> None:
        """Beat no more, and take this process off the list."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join(BEAT_S)
        try:
            with self._database.write_aside() as connection:
                store.forget(connection, [self._process.executor_id])
        except StorageError as error:
            _log.warning("%s", error)  # the others see for themselves that it is gone

    def _is_there(self, other: WorkingProcess) -> bool:
        """Whether a process is there; this one always is."""
        return other.executor_id == self._process.executor_id or is_at_work(other)

    def _say_hello(self) -> None:
        """Say that this process is there."""
        with self._database.write_aside() as connection:
            store.say_hello(connection, self._process)

    def _beat(self) -> None:
        """Say so again and again; a database that is away is waited for."""
        while not self._over.wait(BEAT_S):
            try:
                self._say_hello()
                self._look_after()
            except StorageError as error:
                _log.warning("%s", error)
            except Exception:  # noqa: BLE001 - a heart that stops hands its jobs to others
                _log.exception("the keeper goes on")
