"""What of a query counts, and how much: words, official terms, likely typos (查询词权重)."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from ziping.retrieval.characters import is_word
from ziping.retrieval.homophones import sounds_like
from ziping.retrieval.tokens import pair_code, word_code
from ziping.retrieval.typos import corrected
from ziping.retrieval.ways import Ways

_COMMON = re.compile(
    "请问|咨询|一下|怎么样|怎么办|怎么|怎样|如何|什么样|什么|多少|哪些|哪个|哪里|哪几|哪一|哪条|哪|为什么|为啥|咋样|咋办|咋|啥|"
    "能不能|可不可以|可以|行不行|要不要|用不用|是不是|有没有|该不该|会不会|需不需要|需要|是否|应该|应当|"
    "的话|规定|我们|你们|他们|我|你|他|它|这个|那个|这些|那些|这|那|吗|呢|吧|啊|呀|嘛|了|的|地|得|着|过|"
    "和|与|及|或|还是|还|也|就|都|才|又|把|被|给|让|对|在|是|有|要|会|能|个|种|一个|几|于|以|之|其|所|为"
)
_WORDS = re.compile(r"[0-9a-z][0-9a-z.%]+")
MAX_QUERY = 400
"""Characters of a query that are read; the rest of a pasted page is left out."""


@dataclass(frozen=True)
class Weights:
    """How much each kind of word counts (权重)."""

    single: float = 0.9
    common_pair: float = 0.12
    half_common_pair: float = 0.6
    official: float = 0.4
    official_single: float = 0.35
    typo: float = 0.6
    named: float = 0.25
    """Words that name a document or article: those were looked up already."""


class Wording:
    """Turns queries into weighed tokens, with the lexicon's official terms (查询改写)."""

    def __init__(
        self, colloquial: Mapping[str, Iterable[str]], weights: Weights | None = None
    ) -> None:
        """Take official term -> ways people say it."""
        self._weights = weights or Weights()
        self._ways = Ways(colloquial)

    def official_terms(
        self, query: str, named: Iterable[str], held: Callable[[int], int]
    ) -> Mapping[str, float]:
        """Return the official terms a normalised query may mean but does not state, how surely.

        Args:
            query: The query; a way people say a term is recognised with typos in it too.
            named: Its words that name documents and articles.
            held: How many clauses hold a token; a pair no clause holds may be a typo.
        """
        right = corrected(query, _factors(query, named, self._weights), held)
        meant = self._ways.meant(query)
        return meant if right == query else {**self._ways.meant(right), **meant}

    def tokens(
        self,
        query: str,
        named: Iterable[str],
        held: Callable[[int], int],
        terms: Mapping[str, float],
    ) -> dict[int, float]:
        """Return token -> weight for a normalised query.

        Args:
            query: The query.
            named: Its words that name documents and articles.
            held: How many clauses hold a token; a pair no clause holds may be a typo.
            terms: Official terms it may mean, with how surely.
        """
        weigh = self._weights
        found: dict[int, float] = {}
        factors = _factors(query, named, weigh)
        _add_words(found, query, factors, weigh)
        for at in range(len(query) - 1):
            first, second = query[at], query[at + 1]
            counts = factors[at] == factors[at + 1] == 1.0 and is_word(first) and is_word(second)
            if counts and not held(pair_code(first, second)):
                _add_typos(found, first, second, held, weigh.typo)
        for token, weight in self._official(terms).items():
            _raise_to(found, token, weight)
        return found

    def further(self, tokens: Mapping[int, float], terms: Mapping[str, float]) -> dict[int, float]:
        """Return what further terms, with how surely each is meant, add to weighed tokens."""
        return {
            token: weight - tokens.get(token, 0.0)
            for token, weight in self._official(terms).items()
            if weight > tokens.get(token, 0.0)
        }

    def _official(self, terms: Mapping[str, float]) -> dict[int, float]:
        """Return the weighed tokens of official terms."""
        weigh = replace(self._weights, single=self._weights.official_single)
        found: dict[int, float] = {}
        for term, sure in terms.items():
            extra: dict[int, float] = {}
            _add_words(extra, term, [1.0] * len(term), weigh)
            for token, weight in extra.items():
                _raise_to(found, token, weight * weigh.official * sure)
        return found


def content_runs(query: str) -> list[str]:
    """Return the runs of a normalised query that carry meaning, common words cut out."""
    cut = _COMMON.sub(" ", query)
    return ["".join(run) for run in re.findall(r"\w+", cut)]


def _factors(query: str, named: Iterable[str], weigh: Weights) -> list[float]:
    """Return for each character how much it counts: 0 in common words."""
    factors = [1.0] * len(query)
    for match in _COMMON.finditer(query):
        factors[match.start() : match.end()] = [0.0] * len(match[0])
    for span in named:
        at = query.find(span)
        if span and at >= 0:
            factors[at : at + len(span)] = [weigh.named] * len(span)
    return factors


def _add_words(found: dict[int, float], text: str, factors: list[float], weigh: Weights) -> None:
    """Add a text's characters, pairs and Latin words."""
    for at, one in enumerate(text):
        if not is_word(one):
            continue
        _raise_to(found, ord(one), weigh.single * factors[at])
        if at + 1 < len(text) and is_word(text[at + 1]):
            pair = {0: weigh.common_pair, 1: weigh.half_common_pair, 2: 1.0}[
                (factors[at] > 0) + (factors[at + 1] > 0)
            ]
            named = min([one for one in factors[at : at + 2] if one > 0], default=1.0)
            _raise_to(found, pair_code(one, text[at + 1]), pair * named)
    for match in _WORDS.finditer(text):
        _raise_to(found, word_code(match[0]), factors[match.start()])


def _add_typos(
    found: dict[int, float], first: str, second: str, held: Callable[[int], int], weight: float
) -> None:
    """Add the pairs that sound like one that no clause holds."""
    for one in (first, *sounds_like(first)):
        for other in (second, *sounds_like(second)):
            token = pair_code(one, other)
            if (one == first or other == second) and held(token):
                _raise_to(found, token, weight)


def _raise_to(found: dict[int, float], token: int, weight: float) -> None:
    """Note a token's weight, the highest of its places; nothing for 0."""
    if weight > found.get(token, 0.0):
        found[token] = weight
