"""The first rule for a model: figures, numbers and titles come as tokens, not typed (先验规则).

Typed ones pass only where the very same stands in the ledger or in an entered text; whether they
are said of the right thing is for grounding, which follows.
"""

import re
from collections.abc import Iterator
from functools import cached_property

from ziping.drafting.context import DraftContext

_TOKEN = re.compile(r"[{｛]{2}[^{}｛｝]*[}｝]{2}|\[\[[^\[\]]*\]\]|【【[^【】]*】】")
_LIST_NUMBER = re.compile(r"^\s*(?:\d{1,2}[.．、]|[（(]\d{1,2}[)）])")
_GAP = re.compile(r"【待补充[^】]*】")
_CHINESE = "〇零一二两三四五六七八九十百千"
_NUMBER_OF_DOCUMENT = re.compile(
    r"[\u4e00-\u9fff]{1,10}[〔\[［(（]\s*\d{4}\s*[〕\]］)）]\s*第?\d+号"
)
_ARTICLE = re.compile(rf"第[{_CHINESE}\d]+条")
_DATE = re.compile(r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?")
_TITLE = re.compile(r"《[^《》]{1,80}》")
_FIGURE = re.compile(
    r"\d[\d,，]*(?:\.\d+)?\s*(?:个百分点|百分点|亿元|万元|千元|[%％‰元分万亿]|[\u4e00-\u9fff])?"
)
_WORDED = re.compile(
    rf"百分之[{_CHINESE}点]+|(?<![{_CHINESE}万亿])[{_CHINESE}万亿点]{{2,}}"
    r"(?:余|多)?(?:亿元|万元|元|个百分点|分(?!别|之|类|析|配|管|工|成)|宗|项|个|次|人|户|家)"
)
_SPACE = re.compile(r"[\s,，]")
_REASONS = {
    "文号": "文号不能自己写，引用文件只写 [[条款编号]]",
    "条号": "条号不能自己写，引用条款只写 [[条款编号]]",
    "文件名": "文件名不能自己写，引用文件只写 [[条款编号]]",
    "数字": "数字不能自己写，要写 {{数据项编号}}；没有对应数据项的数字不要写",
}


class TypedRule:
    """Judges sentences against everything entered and computed for one report."""

    def __init__(self, context: DraftContext, known: str) -> None:
        """Take the report and further checked text, e.g. the template's."""
        self._context = context
        self._known = known

    @cached_property
    def _text(self) -> str:
        """All that is known, figures parted by bars so that none runs into another."""
        report = self._context.report
        parts = [self._known, report.model_dump_json()]
        parts += [fact.display for fact in self._context.ledger.facts.values()]
        years = range(report.fiscal_year - 1, report.fiscal_year + 2)
        parts += [f"{year}年" for year in years]
        return "|".join(_SPACE.sub("", one) for one in parts)

    def problems(self, sentence: str) -> list[str]:
        """Return what was typed in a sentence as the model wrote it, in Chinese."""
        plain = _LIST_NUMBER.sub("", _GAP.sub("", _TOKEN.sub("|", sentence)))
        return [f"“{text}”：{_REASONS[kind]}" for kind, text in self._unknown(plain)]

    def _unknown(self, plain: str) -> Iterator[tuple[str, str]]:
        """Yield each typed form that is not known, with its kind."""
        for kind, pattern in (
            ("文号", _NUMBER_OF_DOCUMENT),
            ("文件名", _TITLE),
            ("条号", _ARTICLE),
            ("数字", _DATE),
            ("数字", _FIGURE),
            ("数字", _WORDED),
        ):
            for found in pattern.finditer(plain):
                if not self._is_known(found[0], is_figure=pattern in {_FIGURE, _DATE}):
                    yield kind, found[0].strip()
            plain = pattern.sub("|", plain)

    def _is_known(self, text: str, *, is_figure: bool) -> bool:
        wanted = _SPACE.sub("", text)
        if not is_figure:
            return wanted in self._text
        return re.search(rf"(?<![\d.]){re.escape(wanted)}(?!\d|\.\d)", self._text) is not None
