"""Characters, pairs of characters and Latin words as numbers, for whole batches of texts (词元)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias
from zlib import crc32

import numpy as np
import numpy.typing as npt

from ziping.retrieval.characters import is_word

Codes: TypeAlias = npt.NDArray[np.uint64]
Rows: TypeAlias = npt.NDArray[np.int64]

PAIR_SHIFT = 21
"""A pair is its first character's code point shifted by this, plus the second's."""
_WORD_FLAG = 1 << 43
_WORDS = re.compile(r"[0-9a-z][0-9a-z.%]+")


@dataclass(frozen=True)
class TokenisedBatch:
    """Tokens of many texts, each beside the row of its text (一批词元)."""

    rows: Rows
    tokens: Codes
    lengths: Rows
    """Meaningful characters of each text."""


@cache
def _word_table() -> npt.NDArray[np.bool_]:
    """Return for each code point of the basic plane whether it carries meaning."""
    table = np.fromiter((is_word(chr(one)) for one in range(0x10000)), np.bool_, 0x10000)
    table[0xD800:0xE000] = False
    return table


def tokenise(texts: Sequence[str]) -> TokenisedBatch:
    """Return the tokens of normalised texts: characters, neighbouring pairs, Latin words."""
    joined = "\n".join(text.replace("\n", " ") for text in texts)
    points = np.frombuffer(joined.encode("utf-32-le"), dtype="<u4").astype(np.uint64)
    rows = np.cumsum(points == ord("\n"))
    is_meant = np.where(points < 0x10000, _word_table()[np.minimum(points, 0xFFFF)], True)  # noqa: FBT003, PLR2004 - characters beyond the basic plane are rare 汉字
    single = np.flatnonzero(is_meant)
    pair = np.flatnonzero(is_meant[:-1] & is_meant[1:]) if len(points) > 1 else single[:0]
    pairs = (points[pair] << np.uint64(PAIR_SHIFT)) | points[pair + 1]
    found = list(_WORDS.finditer(joined))
    starts = np.fromiter((one.start() for one in found), np.int64, len(found))
    words = np.fromiter((word_code(one[0]) for one in found), np.uint64, len(found))
    return TokenisedBatch(
        rows=np.concatenate([rows[single], rows[pair], rows[starts]]),
        tokens=np.concatenate([points[single], pairs, words]),
        lengths=np.bincount(rows[single], minlength=len(texts)).astype(np.int64),
    )


def pair_code(first: str, second: str) -> int:
    """Return the token of two neighbouring characters."""
    return (ord(first) << PAIR_SHIFT) | ord(second)


def word_code(word: str) -> int:
    """Return the token of a Latin word or figure."""
    return _WORD_FLAG | crc32(word.rstrip(".").encode())
