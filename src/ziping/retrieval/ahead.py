"""One piece of work done on a thread of its own while the asker does another (并行)."""

from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

Result = TypeVar("Result")


class Ahead(Generic[Result]):
    """Starts at once; the thread ends with the work (先行)."""

    def __init__(self, work: Callable[[], Result]) -> None:
        """Start the work."""
        self._work = work
        self._made: list[Result] = []
        self._failed: list[BaseException] = []
        self._thread = Thread(target=self._run, name="ziping-ahead", daemon=True)
        self._thread.start()

    def result(self) -> Result:
        """Wait for the work; raises what it raised."""
        self._thread.join()
        if self._failed:
            raise self._failed[0]
        return self._made[0]

    def _run(self) -> None:
        """Do the work."""
        try:
            self._made.append(self._work())
        except BaseException as error:  # noqa: BLE001 - raised again where the result is asked for
            self._failed.append(error)
