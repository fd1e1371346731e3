"""Words of a query that a clause states, for marking them on the page (标记)."""

from collections.abc import Iterable

from ziping.domain.library import LibraryClause
from ziping.retrieval.wording import content_runs

_MOST = 12


def marks(query: str, terms: Iterable[str], clause: LibraryClause) -> tuple[str, ...]:
    """Return the longest pieces of the query, and official terms meant, as the clause has them.

    Args:
        query: The normalised query.
        terms: Official terms the query may mean, and words that name documents.
        clause: The clause shown.
    """
    shown = f"{clause.document} {clause.number} {clause.article} {clause.title} {clause.text}"
    text = shown.lower()
    found: dict[str, None] = {}
    for term in terms:
        _note(found, term, text, shown)
    for run in content_runs(query):
        at = 0
        while at < len(run):
            length = _longest(run, at, text)
            if length > 1:
                _note(found, run[at : at + length], text, shown)
            at += max(1, length)
    kept = [one for one in found if not any(one != other and one in other for other in found)]
    return tuple(kept[:_MOST])


def _longest(run: str, at: int, text: str) -> int:
    """Return the length of the longest piece of a run from a place that a text has."""
    length = 0
    while at + length < len(run) and run[at : at + length + 1] in text:
        length += 1
    return length


def _note(found: dict[str, None], piece: str, text: str, shown: str) -> None:
    """Note a piece as the text writes it, if it is there."""
    at = text.find(piece) if piece else -1
    if at >= 0:
        # Lower-casing keeps the length except for a few letters foreign to these texts.
        found[shown[at : at + len(piece)] if len(text) == len(shown) else piece] = None
