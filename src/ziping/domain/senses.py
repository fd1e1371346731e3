"""Words of growth and decline around a figure (增减方向)."""

import re

from ziping.domain.quantities import Sense

_UP_WORDS = "提高|提升|增长|增加|上升|上涨|升高"
_DOWN_WORDS = "下降|降低|减少|下滑|压减|缩减"
_NOUNS = "率|幅度|幅|额|量|数量|比例"
_BEFORE = re.compile(
    f"(?:(?P<up>{_UP_WORDS}|升)|(?P<down>{_DOWN_WORDS}|降))(?:{_NOUNS})?(?:了|约)?(?:为|是)?:?$"
)
_AFTER = re.compile(f"的?(?:(?P<up>{_UP_WORDS})|(?P<down>{_DOWN_WORDS}))(?:{_NOUNS})?$")
_NAMED = re.compile(f"(?P<up>{_UP_WORDS})|(?P<down>{_DOWN_WORDS})")
_NOUN = re.compile(f"(?:{_UP_WORDS}|{_DOWN_WORDS})(?:{_NOUNS})")


def sense_of_figure(label: str, rest: str, remark: str) -> Sense:
    """Return the sense of a figure from the words before it, after it and in brackets.

    Words right before the figure count; 提高到 and 降至 name a level, not a change.
    """
    for pattern, text in ((_BEFORE, label), (_AFTER, rest), (_AFTER, remark)):
        if found := pattern.search(text):
            return Sense.UP if found["up"] else Sense.DOWN
    return Sense.NONE


def sense_of_name(name: str) -> Sense:
    """Return the sense an indicator's name has, none where it says both or nothing."""
    found = {Sense.UP if one["up"] else Sense.DOWN for one in _NAMED.finditer(name)}
    return found.pop() if len(found) == 1 else Sense.NONE


def names_a_change(text: str) -> bool:
    """Whether a text names the change itself, as 降低率 does; a bare figure then is one."""
    return _NOUN.search(text) is not None
