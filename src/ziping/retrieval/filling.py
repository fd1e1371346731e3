"""Vectors that a sync left out, made beside the searches and then taken in (后台补向量)."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Event, Thread

from ziping.retrieval.embedding import SlowEmbedder
from ziping.retrieval.embedding_error import EmbeddingError

_AT_ONCE = 4
"""Texts between two looks at whether to stop."""
_TAKEN_IN = 2000
"""Texts prepared before they are taken in, so that a stop loses little and memory stays small."""


class Filler:
    """A thread that prepares vectors until none is missing or it is stopped (后台补向量)."""

    def __init__(self, embedder: SlowEmbedder) -> None:
        """Take what makes the vectors; no thread starts yet."""
        self._embedder = embedder
        self._stop = Event()
        self._thread: Thread | None = None

    def start(self, documents: Sequence[Sequence[str]], take_in: Callable[[], object]) -> None:
        """Begin with the texts of documents; `take_in` brings the index in step with them."""
        self.stop()
        self._stop = Event()
        run = (documents, take_in, self._stop)
        self._thread = Thread(target=self._run, args=run, name="ziping-vectors", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop soon; what is prepared stays for the next start."""
        self._stop.set()
        self.wait()

    def wait(self) -> None:
        """Return when the work is done or stopped."""
        if self._thread:
            self._thread.join()
            self._thread = None

    def _run(
        self, documents: Sequence[Sequence[str]], take_in: Callable[[], object], stop: Event
    ) -> None:
        """Prepare the documents one after another."""
        prepared = 0
        # A model that cannot be opened is told of by every search.
        with suppress(EmbeddingError):
            for texts in documents:
                for at in range(0, len(texts), _AT_ONCE):
                    if stop.is_set():
                        return
                    self._embedder.prepare(texts[at : at + _AT_ONCE])
                prepared += len(texts)
                if prepared >= _TAKEN_IN:
                    prepared = 0
                    self._take(take_in)
            if prepared:
                self._take(take_in)

    def _take(self, take_in: Callable[[], object]) -> None:
        """Have the index take in what is prepared, which then need not be remembered."""
        take_in()
        self._embedder.forget()
