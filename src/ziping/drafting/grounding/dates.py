"""Finding years, months and days in plain text (日期识别)."""

import re
from collections.abc import Iterator

from ziping.drafting.grounding.mentions import DateMention

_YEAR = r"(?P<y>(?:19|20)\d{2})"
_CN_YEAR = "(?P<cy>[二一][〇零○一二三四五六七八九]{3})"
_DATES = re.compile(
    rf"(?<!\d)(?:{_YEAR}\s?|{_CN_YEAR})年(?:度)?(?:(?P<m>\d{{1,2}})\s?月(?:份)?(?:(?P<d>\d{{1,2}})\s?[日号])?)?(?P<c>[底末初])?"
    r"|(?<!\d)(?P<y2>(?:19|20)\d{2})[-./](?P<m2>0?[1-9]|1[0-2])[-./](?P<d2>0?[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?<!\d)(?P<y3>(?:19|20)\d{2})(?=\s?[-—–~～至到]+\s?(?:19|20)\d{2}\s?年)"
    r"|(?<!\d)(?P<m4>\d{1,2})\s?月(?:份)?(?:(?P<d4>\d{1,2})\s?[日号])?(?P<c4>[底末初])?(?![度均供])"
    r"|(?<!\d)(?P<m5>\d{1,2})(?=\s?[-—–~～至到]+\s?\d{1,2}\s?月)"
)
_DIGITS = {one: str(value) for value, one in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
}


def find_dates(text: str) -> Iterator[DateMention]:
    """Yield the dates of a plain text in its order."""
    for match in _DATES.finditer(text):
        year = match["y"] or match["y2"] or match["y3"]
        if match["cy"]:
            year = "".join(_DIGITS[one] for one in match["cy"])
        month = match["m"] or match["m2"] or match["m4"] or match["m5"]
        day = match["d"] or match["d2"] or match["d4"]
        yield DateMention(
            match.start(),
            match.end(),
            match.group(),
            int(year) if year else None,
            int(month) if month else None,
            int(day) if day else None,
            is_closing=bool(match["c"] or match["c4"]),
        )
