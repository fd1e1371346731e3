"""Single mutations of true texts, one kind a function (变异种类)."""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ziping.domain.evaluation import Report

_NOT_FIGURES = re.compile(
    r"《[^》]*》|〔\d+〕\d+号|第[一二三四五六七八九十百\d]+[条季]|【[^】]*】|(?m:^\s*\d{1,2}[.、])"
    r"|附件[\d-]+|\d{4}年(?:度)?(?:\d+月(?:\d+日)?)?(?:底)?|\d+月\d*日?底?|[A-Z]{2,}"
)
_PLAN = re.compile(
    "(?:下一?(?:学?年度?|步|阶段)|明年|建议|预计|□+(?:将|拟|计划|大队将|，大队将)|计划在□)[^。\n]*"
)
"""What is to come claims nothing: its figures are left out."""
_NUMBER = re.compile(r"(?<![\d.,])\d[\d,]*(?:\.\d+)?(?![\d.])")
_UNIT = re.compile(
    r"亿元|万元|元|个百分点|%|‰|分(?!别|值|钟|析|为)|人次|平方米|公里|[宗项个户份场座册只人亩期所处眼]"
)
_COUNTERS = "户台场册"


@dataclass(frozen=True, slots=True)
class Mutant:
    """A text with one thing changed, and the stretch that holds the change."""

    kind: str
    text: str
    start: int
    end: int
    told: str


def _figures(text: str) -> list[tuple[int, int, str, str]]:
    """Return the figures of a text: start, end, digits, unit."""
    hidden = _NOT_FIGURES.sub(lambda one: "□" * len(one.group()), text)
    hidden = _PLAN.sub(lambda one: "□" * len(one.group()), hidden)
    found = []
    for match in _NUMBER.finditer(hidden):
        unit = _UNIT.match(text, match.end())
        found.append((match.start(), match.end(), match.group(), unit.group() if unit else ""))
    return found


def digit_changed(text: str, _: Report, chance: random.Random) -> Iterator[Mutant]:
    """Change one digit of a figure."""
    for start, end, digits, _unit in _figures(text):
        places = [at for at, one in enumerate(digits) if one.isdigit()]
        at = chance.choice(places)
        new = chance.choice([one for one in "0123456789" if one != digits[at]])
        if at == 0 and new == "0" and len(digits) > 1:
            continue
        changed = digits[:at] + new + digits[at + 1 :]
        yield _replaced("数字改一位", text, start, end, changed)


def unit_changed(text: str, _: Report, chance: random.Random) -> Iterator[Mutant]:
    """Change the unit of a figure."""
    for _start, end, digits, unit in _figures(text):
        if not unit or not digits.strip("0.,"):
            continue
        others = {
            "万元": ("元", "亿元"),
            "元": ("万元", "%"),
            "亿元": ("万元",),
            "%": ("‰", "个百分点", "万元"),
            "分": ("%", "万元"),
            "个百分点": ("%",),
        }.get(unit, ("%", "万元", chance.choice(_COUNTERS.replace(unit, ""))))
        yield _replaced("单位改动", text, end, end + len(unit), chance.choice(others))


def swapped(text: str, _: Report, chance: random.Random) -> Iterator[Mutant]:
    """Swap two figures of the same unit in one paragraph."""
    offset = 0
    for paragraph in text.split("\n"):
        found = [
            (start, end, digits, unit)
            for start, end, digits, unit in _figures(text)
            if offset <= start < offset + len(paragraph)
        ]
        pairs = [
            (one, other)
            for number, one in enumerate(found)
            for other in found[number + 1 :]
            if one[3] == other[3] and _value(one[2]) != _value(other[2])
        ]
        for one, other in chance.sample(pairs, min(len(pairs), 3)):
            new = text[: one[0]] + other[2] + text[one[1] : other[0]] + one[2] + text[other[1] :]
            told = f"{text[one[0] : one[1]]}⇄{text[other[0] : other[1]]}"
            yield Mutant("两数对调", new, one[0], other[1], told)
        offset += len(paragraph) + 1


def _value(digits: str) -> float:
    return float(digits.replace(",", ""))


_GRADES = re.compile(
    "(?<=等级为)[优良中差]|(?<=仍为)[优良中差]|(?<=等级为“)[优良中差]|(?<=以上为)[优良中差]|(?<=分为)[优良中差](?=[，。、])"
)


def grade_changed(text: str, _: Report, chance: random.Random) -> Iterator[Mutant]:
    """Put another grade."""
    for match in _GRADES.finditer(text):
        other = chance.choice("优良中差".replace(match.group(), ""))
        yield _replaced("等级", text, *match.span(), other)


_DOCUMENT = re.compile(r"(?P<head>[\u4e00-\u9fff]{2,5})〔(?P<year>\d{4})〕(?P<serial>\d+)号")


def number_invented(text: str, _: Report, chance: random.Random) -> Iterator[Mutant]:
    """Change the year, the serial or the issuer of a 文号."""
    for match in _DOCUMENT.finditer(text):
        way = chance.choice(("year", "serial", "head"))
        if way == "head":
            at = match.start("head") + len(match["head"]) - 1
            yield _replaced("文号", text, at, at + 1, chance.choice("厅教农文卫"))
        else:
            delta = chance.choice((-2, -1, 1, 2, 3))
            new = str(max(int(match[way]) + delta, 1) if int(match[way]) + delta > 0 else 99)
            if new != match[way]:
                yield _replaced("文号", text, *match.span(way), new)


_TITLE = re.compile("《(?P<title>[^》]{6,40})》")
_ARTICLE = re.compile("第[一二三四五六七八九十]+条")


def title_changed(text: str, _: Report, chance: random.Random) -> Iterator[Mutant]:
    """Change a word of a title."""
    for match in _TITLE.finditer(text):
        if match["title"].endswith("表"):
            continue
        words = [
            one for one in ("管理", "绩效", "预算", "支出", "实施", "全面") if one in match["title"]
        ]
        if words:
            word = chance.choice(words)
            at = match.start("title") + match["title"].index(word)
            new = chance.choice([one for one in ("考核", "监督", "资产", "统计") if one != word])
            yield _replaced("文件名", text, at, at + 2, new)


def article_wrong(text: str, _: Report, chance: random.Random) -> Iterator[Mutant]:
    """Cite an article that the document does not have, or another one."""
    for match in _ARTICLE.finditer(text):
        other = chance.choice(("第九十九条", "第一百二十条", "第四十一条", "第三十六条"))
        if other != match.group():
            yield _replaced("条号", text, *match.span(), other)
    for match in re.finditer("《项目支出绩效评价管理办法》（财预〔2020〕10号）(?!第)", text):
        at = match.end()
        yield _replaced(
            "条号", text, at, at, chance.choice(("第三十九条", "第五十二条", "第一百条"))
        )


def year_wrong(text: str, report: Report, chance: random.Random) -> Iterator[Mutant]:
    """Put another year."""
    hidden = re.sub("《[^》]*》|〔[^〕]*〕", lambda one: "□" * len(one.group()), text)
    for match in re.finditer(f"{report.fiscal_year}(?=年)", hidden):
        new = report.fiscal_year + chance.choice((-3, -2, -1, 1, 2))
        yield _replaced("年度", text, *match.span(), str(new))


_OTHER_UNITS = ("某市审计局", "长沙市政务服务中心", "某县交通运输局", "某区市场监督管理局")


def unit_name_wrong(text: str, report: Report, chance: random.Random) -> Iterator[Mutant]:
    """Put another unit's name, cut a name short, or alter a character."""
    names = {report.unit} | {one.implementing_unit for one in report.projects}
    for name in sorted(one for one in names if len(one) > 3):
        for match in re.finditer(re.escape(name), text):
            way = chance.choice(("other", "short", "altered"))
            if way == "other":
                new = chance.choice([one for one in _OTHER_UNITS if one != name])
            elif way == "short":
                new = name[: -chance.choice((1, 2))]
            else:
                at = chance.randrange(1, len(name) - 1)
                new = name[:at] + chance.choice("建宣联群") + name[at + 1 :]
            yield _replaced("单位名称", text, *match.span(), new)


def project_name_wrong(text: str, report: Report, chance: random.Random) -> Iterator[Mutant]:
    """Alter a project's or an indicator's name in quotation marks."""
    names = {one.name for one in report.projects}
    names |= {line.level3 for one in report.projects for line in one.indicators}
    for name in sorted(one for one in names if len(one) >= 5):
        for match in re.finditer(f"“{re.escape(name)}”", text):
            at = chance.randrange(1, len(name) - 1)
            other = chance.choice("建宣联群".replace(name[at], ""))
            new = name[:at] + other + name[at + 1 :]
            yield _replaced("项目、指标名称", text, match.start() + 1, match.end() - 1, new)


_BASES = (
    ("按全年预算数", "按年初预算数"),
    ("占全年预算数的", "占年初预算数的"),
    ("以全年预算数为分母，", "以年初预算数为分母，"),
)


def base_wrong(text: str, report: Report, _chance: random.Random) -> Iterator[Mutant]:
    """Say a rate is on the other budget, where the two differ."""
    rows = [row for one in report.projects for row in one.funds if row.source.value == "total"]
    if any(row.initial_budget == row.annual_budget for row in rows):
        return
    for pair in _BASES:
        for old, new in (pair, pair[::-1]):
            for match in re.finditer(re.escape(old) + r"[^，。；]{0,16}", text):
                behind = text[match.start() : match.start() + 40].split("。", maxsplit=1)[0]
                if "%" in behind and "自评以" not in text[match.start() - 3 : match.start() + 3]:
                    end = match.start() + len(old)
                    yield _replaced("比率口径", text, match.start(), end, new)


_CONTRADICTED = (
    ("未超出", "已超出"),
    ("高于指标值", "低于指标值"),
    ("低于指标值", "高于指标值"),
    ("，达到指标值", "，未达到指标值"),
    ("未达到指标值", "达到指标值"),
    ("全部达到年度指标值", "均未达到年度指标值"),
    ("按期完成", "超出时限"),
    ("超出时限", "按期完成"),
    ("调减", "调增"),
    ("调增", "调减"),
    ("没有结余", "有结余"),
    ("未作调整", "作了调整"),
    ("没有调整", "作了调整"),
    ("数一致", "数不一致"),
    ("得满分", "被扣分，得"),
    ("其余指标得满分", "其余指标均扣分"),
    ("各项指标均未扣分", "各项指标均扣分"),
    ("没有执行", "全部执行"),
    ("超额完成", "没有完成"),
    ("全额到位", "没有全额到位"),
    ("足额到位", "没有足额到位"),
    ("收支平衡", "收支不平衡"),
    ("提前完成", "超期完成"),
    ("均高于指标值", "均低于指标值"),
    ("，低于", "，高于"),
    ("，高于", "，低于"),
)


def comparison_contradicted(text: str, report: Report, _: random.Random) -> Iterator[Mutant]:
    """Turn a conclusion into its opposite."""
    texts = "".join((*report.materials.values(), *(str(one.materials) for one in report.projects)))
    hidden = re.sub("【[^】]*】", lambda one: "□" * len(one.group()), text)
    for old, new in _CONTRADICTED:
        for match in re.finditer(re.escape(old), hidden):
            clause = re.split("[，。；]", text[match.start() :].lstrip("，"))[0]
            plan = re.split("[，。；]", text[: match.end()])[-1]
            if clause in texts or re.search("若|如|应|达到的|的批复|未|没", plan.replace(old, "")):
                continue
            yield _replaced("结论相反", text, *match.span(), new)


def _replaced(kind: str, text: str, start: int, end: int, new: str) -> Mutant:
    """Return a text with a stretch replaced."""
    told = f"{text[start:end]}→{new}"
    return Mutant(kind, text[:start] + new + text[end:], start, start + max(len(new), 1), told)


KINDS: tuple[Callable[[str, Report, random.Random], Iterator[Mutant]], ...] = (
    digit_changed,
    unit_changed,
    swapped,
    grade_changed,
    number_invented,
    title_changed,
    article_wrong,
    year_wrong,
    unit_name_wrong,
    project_name_wrong,
    base_wrong,
    comparison_contradicted,
)
