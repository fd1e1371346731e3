"""One answer of a model, from its pieces to sentences, within limits (一次作答)."""

from collections.abc import Iterator
from contextlib import suppress

from ziping.drafting.model.faults import FaultKind, ModelFault
from ziping.drafting.model.reading import AnswerReader
from ziping.drafting.model.sentences import RawSentence, SentenceParter, is_foreign

_LONGEST_SENTENCE = 600
_LONGEST_ANSWER = 12_000
_LONGEST_RAW = 120_000
_MOST_REPEATS = 3
_MOST_DRAINED = 50
"""Pieces heard out after the answer is complete, so that the endpoint can end it itself."""
_JUDGED_FROM = 80
"""Characters after which an answer in another language is given up."""


class Answer:
    """Reads an answer and cuts it off where it repeats itself or never ends."""

    def __init__(self) -> None:
        """Begin."""
        self._reader = AnswerReader()
        self._parter = SentenceParter()
        self._seen: set[str] = set()
        self._repeats = 0
        self._length = 0
        self._raw = 0
        self.text = ""
        """What was read, without its wrapping."""
        self.restarts = 0

    def sentences(self, pieces: Iterator[str]) -> Iterator[RawSentence | None]:
        """Yield the sentences of an answer; None where all before is no part of it.

        Raises:
            ModelFault: The answer is empty, in another language, the schema, or repetition only.
        """
        for piece in pieces:
            self._raw += len(piece)
            new = self._reader.feed(piece)
            if self._reader.restarts > self.restarts:
                self._restart()
                yield None
            yield from self._accepted(self._parter.feed(new), new)
            if self._is_over():
                _drain(pieces)
                break
        new = self._reader.close()
        yield from self._accepted([*self._parter.feed(new), *self._parter.close()], new)
        self._judge()

    def _restart(self) -> None:
        self.restarts = self._reader.restarts
        self._parter = SentenceParter()
        self._seen.clear()
        self.text, self._repeats, self._length = "", 0, 0

    def _accepted(self, sentences: list[RawSentence], new: str) -> Iterator[RawSentence]:
        """Yield the sentences that were not there before."""
        self.text += new
        if len(self.text) >= _JUDGED_FROM and is_foreign(self.text):
            raise ModelFault(FaultKind.FOREIGN)
        for one in sentences:
            self._length += len(one.text)
            key = "".join(one.text.split())
            if key in self._seen:
                self._repeats += 1
                continue
            self._seen.add(key)
            self._repeats = 0
            yield one

    def _is_over(self) -> bool:
        """Whether to listen no more; a sentence without end is no sentence."""
        endless = self._parter.pending > _LONGEST_SENTENCE
        if endless:
            self._parter.drop()
            self._repeats = _MOST_REPEATS
        return (
            endless
            or self._reader.is_over
            or self._repeats >= _MOST_REPEATS
            or self._length > _LONGEST_ANSWER
            or self._raw > _LONGEST_RAW
        )

    def _judge(self) -> None:
        """Refuse an answer that says nothing."""
        if self._seen:
            if is_foreign(self.text):
                raise ModelFault(FaultKind.FOREIGN)
            return
        if self._reader.is_schema:
            raise ModelFault(FaultKind.ECHO)
        if self._repeats:
            raise ModelFault(FaultKind.REPEATED)
        raise ModelFault(
            FaultKind.UNREADABLE if self._raw and self.text.strip() else FaultKind.EMPTY
        )


def _drain(pieces: Iterator[str]) -> None:
    """Hear a complete answer out, unless it goes on for ever; what fails now takes nothing away."""
    with suppress(ModelFault):
        for _ in zip(range(_MOST_DRAINED), pieces, strict=False):
            pass
