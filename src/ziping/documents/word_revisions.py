"""Tracked changes as WordprocessingML: what was inserted and deleted, by whom, when (修订标记)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count

from ziping.documents.word_body import lead_in
from ziping.documents.word_xml import RunWriter, attribute
from ziping.domain.diff import DiffKind, diff_text

_FIRST_ID = 10_000
"""Ids of tracked changes begin behind those of bookmarks."""


@dataclass(frozen=True, slots=True)
class Credit:
    """Who made a change, and when (修订人)."""

    by: str
    at: datetime

    @property
    def attributes(self) -> str:
        """Author and date as a tracked change states them."""
        moment = (self.at.astimezone(UTC) if self.at.tzinfo else self.at).replace(microsecond=0)
        return f'w:author="{attribute(self.by) or "未署名"}" w:date="{moment:%Y-%m-%dT%H:%M:%SZ}"'


class RevisionWriter:
    """Writes the tracked changes of one document."""

    def __init__(self, writer: RunWriter) -> None:
        """Begin counting ids."""
        self._writer = writer
        self._ids = count(_FIRST_ID)

    def mark(self, kind: DiffKind, credit: Credit) -> str:
        """Return the mark of a row that was inserted or deleted; nothing for one that stayed."""
        tag = {DiffKind.ADDED: "ins", DiffKind.REMOVED: "del"}.get(kind)
        return f'<w:{tag} w:id="{next(self._ids)}" {credit.attributes}/>' if tag else ""

    def end_mark(self, kind: DiffKind, credit: Credit) -> str:
        """Return the property of a paragraph whose end was inserted or deleted."""
        mark = self.mark(kind, credit)
        return f"<w:rPr>{mark}</w:rPr>" if mark else ""

    def runs(self, old: str, new: str, role: str, credit: Credit, *, bold: bool = False) -> str:
        """Return the runs of a text that became another one."""
        if old == new:
            return "".join(self._plain(one, role) for one in _styled(new, role, bold=bold))
        before = _Styled(old, role, bold=bold)
        after = _Styled(new, role, bold=bold)
        parts = []
        for part in diff_text(old, new):
            if part.kind is DiffKind.REMOVED:
                parts.append(self.changed(part.kind, before.take(part.text), role, credit))
                continue
            styled = after.take(part.text)
            if part.kind is DiffKind.ADDED:
                parts.append(self.changed(part.kind, styled, role, credit))
            else:
                before.take(part.text)
                parts.append("".join(self._plain(one, role) for one in styled))
        return "".join(parts)

    def whole(
        self, kind: DiffKind, text: str, role: str, credit: Credit, *, bold: bool = False
    ) -> str:
        """Return the runs of a text that was inserted or deleted as a whole."""
        return self.changed(kind, list(_styled(text, role, bold=bold)), role, credit)

    def changed(
        self, kind: DiffKind, styled: list[tuple[str, bool]], role: str, credit: Credit
    ) -> str:
        """Return runs inside the mark that they were inserted or deleted."""
        runs = "".join(self._plain(one, role) for one in styled)
        if not runs:
            return ""
        tag = "ins" if kind is DiffKind.ADDED else "del"
        if kind is DiffKind.REMOVED:
            runs = runs.replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
        return f'<w:{tag} w:id="{next(self._ids)}" {credit.attributes}>{runs}</w:{tag}>'

    def _plain(self, styled: tuple[str, bool], role: str) -> str:
        text, bold = styled
        return self._writer.runs(text, role, bold=bold)


def _styled(text: str, role: str, *, bold: bool) -> Iterator[tuple[str, bool]]:
    """Yield the stretches of a text that look alike, and whether they are bold."""
    end = lead_in(text) if role == "body" else len(text) if bold else 0
    for stretch, is_bold in ((text[:end], True), (text[end:], False)):
        if stretch:
            yield stretch, is_bold


class _Styled:
    """A text from which stretches are taken in order, each with its look."""

    def __init__(self, text: str, role: str, *, bold: bool) -> None:
        self._left = list(_styled(text, role, bold=bold))

    def take(self, text: str) -> list[tuple[str, bool]]:
        """Take the next stretch, which says `text`."""
        size, taken = len(text), []
        while size and self._left:
            stretch, bold = self._left.pop(0)
            taken.append((stretch[:size], bold))
            if len(stretch) > size:
                self._left.insert(0, (stretch[size:], bold))
            size -= len(taken[-1][0])
        return taken
