"""One search over one generation (检索)."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from ziping.domain.library import Hit, LibraryFilter, SearchResult
from ziping.retrieval.characters import normalise
from ziping.retrieval.fusion import Found, Named, Nearness, better_side, fuse, weighed
from ziping.retrieval.lexical import LexicalIndex, Mask
from ziping.retrieval.marking import marks
from ziping.retrieval.meaning import Meaning
from ziping.retrieval.near_terms import NearTerms
from ziping.retrieval.references import References
from ziping.retrieval.wording import MAX_QUERY, Wording

_NEAREST = 60
_NEAREST_FILTERED = 240
"""Asked for when a filter may leave most of them out."""
_NO_QUERY = "请输入要查的问题、关键词或文号"
_CUT = f"查询较长，只用了前 {MAX_QUERY} 个字"
_NOTHING = "没有找到相关条款，可换个说法，或放宽筛选条件"
_NO_ARTICLE = "库里没有{what}，下面是相近的条款"


def _count(allowed: Mask) -> int:
    """Return how many of the nearest to ask for."""
    return _NEAREST if allowed.all() else _NEAREST_FILTERED


class Searcher:
    """Searches the clauses of one generation (检索器)."""

    def __init__(
        self,
        generation: str,
        lexical: LexicalIndex,
        wording: Wording,
        meaning: Meaning | None,
        terms: NearTerms,
    ) -> None:
        """Take the two sides of the generation; without `meaning` keywords alone are used."""
        self.generation = generation
        self._lexical = lexical
        self._wording = wording
        self._meaning = meaning
        self._terms = terms

    def search(self, query: str, k: int, where: LibraryFilter) -> SearchResult:
        """Return the clauses that answer a query, best first."""
        asked = query.encode("utf-8", "replace").decode("utf-8")
        plain = normalise(query[: 2 * MAX_QUERY]).strip()
        notices = [_CUT] if len(plain) > MAX_QUERY else []
        plain = plain[:MAX_QUERY]
        if k <= 0 or not any(one.isalnum() for one in plain):
            return SearchResult(query=asked, hits=(), notices=(_NO_QUERY,))
        references = self._lexical.catalog.read(plain)
        found, told = self._found(plain, references, where)
        notices += told
        best = sorted(found, key=lambda one: -one.score)
        hits = self._hits(best, k, plain, references)
        if not hits:
            notices.append(_NOTHING)
        return SearchResult(query=asked, hits=tuple(hits), notices=tuple(notices))

    def warm(self) -> None:
        """Open what the first search would otherwise wait for."""
        if self._meaning:
            self._meaning.warm()

    def close(self) -> None:
        """Let go of files and connections."""
        if self._meaning:
            self._meaning.close()

    def _found(
        self, plain: str, references: References, where: LibraryFilter
    ) -> tuple[list[Found], list[str]]:
        """Return candidates with fused scores, and notices."""
        lexical = self._lexical
        allowed = lexical.allowed(where)
        document, article = lexical.named(references)
        other = [one for one in lexical.places if one not in plain]
        named = Named(document, article, lexical.of_place(set(other) - set(where.jurisdictions)))
        is_exact = bool((document & article & allowed).any())
        notices: list[str] = []
        if references.documents and references.articles and not is_exact:
            notices.append(_NO_ARTICLE.format(what="".join(references.spans)))
        # The very article was named: nearness in meaning can add nothing.
        asked = None if is_exact else self._meaning
        spans = references.spans
        # A model thinks on its own thread while the words are looked up.
        with ThreadPoolExecutor(1, thread_name_prefix="ziping-search") as beside:
            thought = beside.submit(asked.understood, plain) if asked else None
            terms = self._wording.official_terms(plain, spans, lexical.held)
            tokens = self._wording.tokens(plain, spans, lexical.held, terms)
            sides = lexical.scores(tokens)
            vector, told = thought.result() if thought else (None, [])
            notices += told
            if asked is None or vector is None:
                shares = better_side(*(weighed(one, named, allowed) for one in sides))
                return fuse(shares, named, allowed, None), notices
            near = beside.submit(asked.nearest, vector, _count(allowed))
            more = lexical.scores(self._wording.further(tokens, self._terms.near(vector, plain)))
            both = (one + other for one, other in zip(sides, more, strict=True))
            shares = better_side(*(weighed(one, named, allowed) for one in both))
            found, told = near.result()
        unseen = lexical.rows_of(asked.missing)
        nearness = Nearness(self._rows(found, allowed), asked.trust, unseen)
        return fuse(shares, named, allowed, nearness), [*notices, *told]

    def _rows(self, found: Iterable[tuple[str, int, float]], allowed: Mask) -> dict[int, float]:
        """Return the rows of the nearest clauses that pass the filter."""
        rows = ((self._lexical.row(name, place), cosine) for name, place, cosine in found)
        passing = [(row, cosine) for row, cosine in rows if row >= 0 and allowed[row]]
        return dict(passing[:_NEAREST])

    def _hits(self, best: list[Found], k: int, plain: str, references: References) -> list[Hit]:
        """Return the first k as hits; equal scores stand in order of their clause ids."""
        if not best:
            return []
        edge = best[min(k, len(best)) - 1].score
        among = [one for one in best if one.score >= edge]
        clauses = {one.row: self._lexical.clause(one.row) for one in among}
        among.sort(key=lambda one: (-one.score, clauses[one.row].id))
        spans = references.spans
        terms = [*spans, *self._wording.official_terms(plain, spans, self._lexical.held)]
        return [
            Hit(
                clause=clauses[one.row],
                score=round(one.score, 6),
                by=one.by,
                marks=marks(plain, terms, clauses[one.row]),
            )
            for one in among[:k]
        ]
