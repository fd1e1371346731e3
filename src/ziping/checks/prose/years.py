"""Whether a sentence speaks of this report's year (时间范围)."""

import re

_YEAR = re.compile(r"(?<![〔\[（(\d])((?:19|20)\d{2})\s*年")
_OTHER = re.compile(
    "上年|去年|往年|上一年|前一年|同比|环比|历年|以前年度|近年来|近[两三五]年|下一?年|明年|次年|"
    "上半年|下半年|[一二三四1234]季度|截至?(?:[1-9]|1[01])月|[1-9]\\s*[—-]\\s*\\d{1,2}月"
)
_TITLES = re.compile("《[^》\n]{0,120}》")


def speaks_of_another_time(sentence: str, fiscal_year: int) -> bool:
    """Whether a sentence names another year or only part of this one."""
    text = _TITLES.sub("", sentence)
    years = {int(one) for one in _YEAR.findall(text)}
    return bool(years - {fiscal_year}) or bool(_OTHER.search(text))
