"""What a document says about itself in its first and last lines (标题、文号等的初步识别).

Guesses only: a person sees and corrects them before anything is stored.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from ziping.documents.originals_lines import Line
from ziping.documents.originals_marks import read_annex, read_article, read_chapter
from ziping.documents.originals_numerals import to_number

_HEAD_LINES = 30
_TAIL_LINES = 12
_BLANKS = r"[\s\u3000]*"
_BRACKETED = re.compile(
    r"([\u4e00-\u9fff]{1,14})\s*[〔\[［【(（]\s*((?:19|20)\d{2})\s*[〕\]］】)）]\s*第?\s*(\d{1,5})\s*号"
)
_ORDER = re.compile(
    r"((?:[\u4e00-\u9fff]{0,20}(?:国务院|部|委员会|委|局|总局|主席|人民政府)))\s*令\s*第?\s*"
    r"([0-9零〇一二三四五六七八九十百]+)\s*号"
)
_DAY = re.compile(r"((?:19|20)\d{2})\s*[年.\-/]\s*(\d{1,2})\s*[月.\-/]\s*(\d{1,2})\s*日?")
_CHINESE_DAY = re.compile(
    r"([一二][〇零○九][〇零○一二三四五六七八九]{2})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_ISSUED = re.compile("通过|公布|发布|修正|修订|印发")
_IN_FORCE = re.compile("施行|实施")
_KINDS = (
    "法|条例|办法|通知|意见|规定|细则|方案|规程|制度|决定|指引|指南|标准|准则|规则|纲要|规划"
    "|公告|通告|批复|函|暂行|目录|要点|措施|规范|框架"
)
_TITLED = re.compile(rf"(?:{_KINDS})(?:[（(〔][^）)〕]{{1,20}}[）)〕])*$")
_QUOTED = re.compile(r"《([^《》]{4,80})》")
_NOT_TITLE = re.compile(
    r"^(?:第.{1,8}[章条节编]|[（(]|\d{4}年|目\s*录|附件|各|机密|秘密|特急|加急|签发|主送|抄送|发文)"
    r"|通过|[。；：]$"
)
_REPEALED = re.compile("已废止|已失效|全文废止|全文失效|（废止）|（失效）")
_FROM_NAME = re.compile(
    r"[（(【\[_\- ]*(?:19|20)\d{2}[-.年]?\d{0,2}[-.月]?\d{0,2}日?[）)】\]_\- ]*"
)
_ABOUT = re.compile("^(.{2,40}?)关于")
_OFFICE = re.compile(
    r"^[\u4e00-\u9fff、 ]{2,40}(?:部|厅|局|委|委员会|办公室|办公厅|政府|院|省委|市委|会)$"
)
_MAX_TITLE = 100


@dataclass(frozen=True, slots=True)
class OriginalGuess:
    """What was recognised about a document; blank where nothing was (识别结果)."""

    title: str = ""
    number: str = ""
    issuer: str = ""
    date: str = ""
    """ISO date."""
    status: str = "现行"


def guess(lines: Sequence[Line], file_name: str) -> OriginalGuess:
    """Return what the head, the foot and the name of a document tell about it."""
    head = _head(lines)
    foot = [line.text for line in lines[-_TAIL_LINES:]]
    title = _title(head, lines, file_name)
    texts = [line.text for line in head]
    number = _number(texts)
    return OriginalGuess(
        title=title,
        number=number,
        issuer=_issuer(title, number, texts, foot),
        date=_date(texts, foot, file_name),
        status="已废止" if _REPEALED.search("\n".join([file_name, *texts[:8]])) else "现行",
    )


def _head(lines: Sequence[Line]) -> list[Line]:
    """Return the lines before the first article or chapter."""
    head: list[Line] = []
    for line in lines[:_HEAD_LINES]:
        if read_article(line) or (read_chapter(line) and head):
            break
        head.append(line)
    return head


def _number(texts: Sequence[str]) -> str:
    """Return the 文号: one on a line of its own, else the last order that made or changed it."""
    own = []
    for text in texts:
        found = _BRACKETED.search(text)
        if found and len(text) <= len(found[0]) + 16 and "《" not in text:
            own.append(f"{_sign(found[1])}〔{found[2]}〕{found[3]}号")
    if own:
        return own[0]
    orders = [found for text in texts for found in _ORDER.finditer(text)]
    if orders:
        office = orders[-1][1].rpartition("日")[2].removeprefix("中华人民共和国")
        return f"{office}令第{orders[-1][2]}号"
    return ""


def _sign(prefix: str) -> str:
    """Return the letters of a 文号 without words that stand before it."""
    return re.sub("^(?:文号|发文字号|发文号|文件)", "", prefix)


def _title(head: Sequence[Line], lines: Sequence[Line], file_name: str) -> str:
    """Return the title: stated as heading, or lines that read like one, or the file's name."""
    stated = next((line.text for line in head if line.level == 1), "")
    found = _cleaned(stated) if stated else _printed_title(head)
    if not found:
        return _cleaned(_FROM_NAME.sub(" ", PurePath(file_name).stem).strip())[:_MAX_TITLE]
    inner = [one for one in _QUOTED.findall(found) if _TITLED.search(one)]
    if inner and "印发" in found and _has_articles_of(inner[-1], lines):
        return _cleaned(inner[-1])[:_MAX_TITLE]
    return found[:_MAX_TITLE]


def _printed_title(head: Sequence[Line]) -> str:
    """Return the first line, or two to four lines together, that end as titles do."""
    for at in range(len(head)):
        joined = ""
        for more in head[at : at + 4]:
            if _NOT_TITLE.search(more.text) or _BRACKETED.search(more.text) or "令第" in more.text:
                break
            joined += more.text.strip()
            if _TITLED.search(joined) and len(joined) <= _MAX_TITLE:
                return _cleaned(joined)
    return ""


def _has_articles_of(title: str, lines: Sequence[Line]) -> bool:
    """Whether the document that a notice sends out stands in the same file."""
    plain = _cleaned(title)
    return any(_cleaned(line.text) == plain for line in lines) or any(
        annex.rest and plain in _cleaned(annex.rest)
        for line in lines
        if (annex := read_annex(line))
    )


def _cleaned(text: str) -> str:
    """Return a title without book marks and stray spaces."""
    text = re.sub(_BLANKS, "", text) if not re.search("[A-Za-z]", text) else text.strip()
    is_marked = text.startswith("《") and text.endswith("》") and text.count("《") == 1
    return text[1:-1] if is_marked else text


def _issuer(title: str, number: str, texts: Sequence[str], foot: Sequence[str]) -> str:
    """Return who issued it, from the title, the order, the adoption line or the signature."""
    if found := _ABOUT.match(title):
        return found[1]
    for text in texts:
        if (found := _ABOUT.match(text.strip())) and "印发" in text and len(text) <= _MAX_TITLE:
            return found[1]
    if "令第" in number:
        return number.partition("令")[0]
    adopted = [text for text in texts if "通过" in text and "全国人民代表大会" in text]
    if adopted:
        standing = "常务委员会" in adopted[0]
        return "全国人民代表大会常务委员会" if standing else "全国人民代表大会"
    for at, text in enumerate(foot):
        if at and _day(text) and _OFFICE.match(foot[at - 1].strip()):
            return foot[at - 1].strip()
    return ""


def _date(texts: Sequence[str], foot: Sequence[str], file_name: str) -> str:
    """Return the last day of adoption or change, the signature's day, or the file name's."""
    named = _days(PurePath(file_name).stem)
    stated = [
        day
        for text in texts
        if _ISSUED.search(text) or (_DAY.match(text) and not _IN_FORCE.search(text))
        for day in _days(text)
    ]
    if stated:
        return max(stated + named).isoformat()
    signed = [day for text in (*texts, *foot) if (day := _day(text))]
    if signed:
        return signed[-1].isoformat()
    return named[0].isoformat() if named else ""


def _day(text: str) -> date | None:
    """Return the day a line consists of."""
    found = _DAY.fullmatch(text.strip("（）() ")) or _CHINESE_DAY.fullmatch(text.strip("（）() "))
    days = _days(text) if found else []
    return days[0] if days else None


def _days(text: str) -> list[date]:
    """Return every real day a text states."""
    found = [tuple(map(int, one)) for one in _DAY.findall(text)]
    for year, month, day in _CHINESE_DAY.findall(text):
        figures = (_chinese_year(year), _small(month), _small(day))
        found.append(figures)
    days = []
    for year, month, day in found:
        try:
            days.append(date(year, month, day))
        except ValueError:
            continue
    return days


def _chinese_year(text: str) -> int:
    """Return a year written figure by figure: 二〇二〇."""
    return int(text.translate(str.maketrans("〇零○一二三四五六七八九", "000123456789")))


def _small(text: str) -> int:
    """Return a day or month in Chinese numerals."""
    return to_number(text) or 0
