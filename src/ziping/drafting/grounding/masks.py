"""Parts of a text that state no figure: list numbers, annexes, citations (不核对的部分)."""

import re

BLANK = "＿"
"""Stands for each character that is not looked at."""
_CN = "一二三四五六七八九十百零〇"
NUMBER = re.compile(
    r"(?P<head>[\u4e00-\u9fff]{1,16}?)?[〔\[【（](?P<year>(?:19|20)\d{2})[〕\]】）](?:第)?\s?(?P<serial>\d{1,5})\s?号"
    rf"|(?P<order>[\u4e00-\u9fff]{{1,10}}?令)第?\s?(?P<serial2>\d{{1,5}}|[{_CN}]{{1,6}})\s?号"
)
"""文号, such as 财预〔2020〕10号 or 国务院令第427号."""
TITLE = re.compile("《(?P<title>[^《》\n]{1,120}(?:《[^《》\n]{1,80}》[^《》\n]{0,40})?)》")
ARTICLE = re.compile(rf"第\s?(?P<number>\d{{1,3}}|[{_CN}]{{1,6}})\s?条(?!意见|建议|措施|线|例)")
_STRUCTURE = (
    re.compile(r"(?:(?<=[。；：！？\n”])|^)\s?\d{1,2}\.(?=(?:19|20)\d\d年)"),
    re.compile("【[^】\n]{0,200}】"),
    re.compile(r"\[bookmark:[^\]\n]*\]"),
    re.compile(
        rf"(?:附件|附表|附录|表|图|附)\s?(?:\d+(?:[-—–.]\d+)*|[{_CN}]+)(?![\d个项条张份分])"
    ),
    re.compile(
        rf"(?m)^\s*#*\s*(?:（?[{_CN}]+[）、.．]|（?\d{{1,2}}[）、．](?!\d)|\d{{1,2}}\.(?!\d)|[①-⑳])"
    ),
    re.compile(
        rf"(?<=[。；：！？\n”])\s?(?:（[{_CN}\d]{{1,3}}）|\d{{1,2}}[、．]|\d{{1,2}}\.(?!\d)|[①-⑳])"
    ),
)
"""Placeholders, annexes, list numbers."""
_ORDINALS = (
    "个|部分|章|节|页|次|届|名|位|期|批|季度|轮|款|项|类|步|阶段|方面?|产业|版|号"
    "|行|列|点|档|级|层|学期|年"
)
_AFTER_ONE = (
    "是|要|方面|定|致|般|并|直|律|些|样|旦|贯|体|流|切|度|经|向|同|起|步|线|站式"
    "|把手|事一|次性|票否决|揽子"
)
_IDIOMS = (
    "万一(?![千百十])|千万不|百姓|千家万户|三公|两会|三重一大|四个意识|两个维护|四个自信"
    "|十[三四五]五|双百|六统一"
)
_WORDS = (
    re.compile(r"[A-Z]{2,4}(?:/T)?\s?\d+(?:\.\d+)?\s?[—–-]{1,2}\s?\d{4}"),
    re.compile(r"\d[\d.]*(?=\s?[×÷])|(?<=[×÷])\d[\d.]*(?![\d.]*%)"),
    re.compile("(?:12|十二)个?(?=个月平均|个月计)"),
    re.compile(rf"[{_CN}\d](?=[个类项](?:一级|二级)指标)"),
    re.compile("[一二三123]级(?=指标)"),
    re.compile("(?<=每)(?:投入|支出|使用|花费)?[1一](?=元|万元|百元|亿元|亩|人|户|平方米|公里)"),
    re.compile(rf"第\s?(?:\d+|[{_CN}]+)\s?(?:{_ORDINALS})"),
    re.compile(rf"[{_CN}](?:{_AFTER_ONE})(?!\d)"),
    re.compile(r"[A-Za-z]+[-/]?[A-Za-z]*\d[\dA-Za-z./-]*"),
    re.compile(r"\d+(?!PB|TB|GB|MB|km|kg)[A-Za-z]{1,3}(?![A-Za-z²])"),
    re.compile(r"(?<!\d)(?:12345|12315|12371|110|119|120|122|114)(?=\D{0,6}(?:热线|平台|电话))"),
    re.compile(f"十分(?=[重必需有注突严良丰便关困紧])|{_IDIOMS}"),
)
"""Ordinals and words that hold a numeral but count nothing."""


def blank_out(text: str, *patterns: re.Pattern[str]) -> str:
    """Blank out what patterns find, character for character."""
    for pattern in patterns:
        text = pattern.sub(lambda found: BLANK * len(found.group()), text)
    return text


def without_citations(text: str) -> str:
    """Return a plain text with citations, list numbers, annexes and placeholders blanked out."""
    return blank_out(text, TITLE, NUMBER, ARTICLE, *_STRUCTURE)


def without_idioms(text: str) -> str:
    """Return a plain text with words that hold a numeral but no figure blanked out."""
    return blank_out(text, *_WORDS)
