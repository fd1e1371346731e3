"""A digest and its original of the same article as one hit (同条归并)."""

from collections.abc import Iterable, Mapping

from ziping.domain.library import Hit, Origin


def folded(hits: Iterable[Hit], digest_of_original: Mapping[str, str]) -> tuple[Hit, ...]:
    """Return hits with a digest and its original of the same article as one.

    It stands where the better of the two stood; the original leads, for that is what is cited.

    Args:
        hits: Best first.
        digest_of_original: Id of an original -> id of our digest of it.
    """
    kept: list[Hit] = []
    places: dict[tuple[str, str], int] = {}
    for hit in hits:
        document = digest_of_original.get(hit.clause.document_id, hit.clause.document_id)
        at = places.setdefault((document, hit.clause.article), len(kept))
        if at < len(kept) and _are_two_sides(kept[at], hit):
            kept[at] = _joined(kept[at], hit)
        else:
            kept.append(hit)
    return tuple(kept)


def _are_two_sides(first: Hit, second: Hit) -> bool:
    """Return whether one is a digest and the other an original, and neither has its other side."""
    return first.same is None and first.clause.origin is not second.clause.origin


def _joined(first: Hit, second: Hit) -> Hit:
    """Return two hits of the same article as one."""
    lead, other = (first, second) if first.clause.origin is Origin.ORIGINAL else (second, first)
    by = tuple(dict.fromkeys((*first.by, *second.by)))
    return lead.model_copy(update={"score": first.score, "by": by, "same": other.clause})
