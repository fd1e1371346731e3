"""Reading an answer in whatever wrapping it comes: reasoning, code fences, JSON, plain (读取)."""

import re

from ziping.drafting.model.json_text import JsonText

_THINK, _THOUGHT = "<think>", "</think>"
_FENCE = re.compile(r"```[a-zA-Z]*[ \t]*\r?\n?")
_JSON_START = re.compile(r'\{\s*"|\[\s*"')
_LONGEST_FENCE = 16


class AnswerReader:
    """Takes an answer in pieces and gives its text; a line is a paragraph."""

    def __init__(self) -> None:
        """Begin before anything has come."""
        self._held = ""
        """What cannot be judged yet."""
        self._json: JsonText | None = None
        self._is_thinking = False
        self._has_begun = False
        self.restarts = 0
        """How often all the text before turned out to be no part of the answer."""

    @property
    def is_schema(self) -> bool:
        """Whether the answer only repeats the schema."""
        return self._json is not None and self._json.is_schema

    @property
    def is_over(self) -> bool:
        """Whether the answer is complete, whatever may follow."""
        return self._json is not None and self._json.is_over

    def feed(self, piece: str) -> str:
        """Return the new text in a piece."""
        if self._json is not None:
            return self._json.feed(piece)
        self._held += piece
        self._skip_thought()
        if self._is_thinking:
            return ""
        if (start := _JSON_START.search(self._held)) is not None:
            return self._begin_json(start.start())
        return self._plain(is_last=False)

    def close(self) -> str:
        """Return what was held back, now that nothing more comes."""
        if self._json is not None:
            return self._json.close()
        return "" if self._is_thinking else self._plain(is_last=True)

    def _skip_thought(self) -> None:
        """Leave out reasoning, also where only its end is marked."""
        if (end := self._held.rfind(_THOUGHT)) >= 0:
            if self._has_begun:
                self.restarts += 1
                self._has_begun = False
            self._held = self._held[end + len(_THOUGHT) :]
            self._is_thinking = False
        if (start := self._held.find(_THINK)) >= 0:
            self._is_thinking = True
            self._held = self._held[start:]
        if self._is_thinking:
            self._held = self._held[-len(_THOUGHT) :]

    def _begin_json(self, start: int) -> str:
        """Go on as JSON; words before it were a preamble."""
        if self._has_begun:
            self.restarts += 1
        self._json = JsonText()
        held, self._held = self._held[start:], ""
        return self._json.feed(held)

    def _plain(self, *, is_last: bool) -> str:
        """Return plain text without fences, but for an end that may still become something."""
        text = _FENCE.sub("", self._held) if is_last or not self._is_open else ""
        if not text:
            return ""
        keep = 0 if is_last else _unsure(text)
        given, self._held = text[: len(text) - keep], text[len(text) - keep :]
        self._has_begun = self._has_begun or bool(given.strip())
        return given

    @property
    def _is_open(self) -> bool:
        """Whether the end of what is held may be a fence under way."""
        tail = self._held[-_LONGEST_FENCE:]
        return "`" in tail and tail.rfind("\n") < tail.rfind("`")


def _unsure(text: str) -> int:
    """Return how many characters at the end may begin a mark that changes the reading."""
    for mark in (_THINK, _THOUGHT):
        for size in range(min(len(mark) - 1, len(text)), 0, -1):
            if mark.startswith(text[-size:]):
                return size
    stripped = text.rstrip()
    return len(text) - len(stripped) + 1 if stripped.endswith(("{", "[")) else 0
