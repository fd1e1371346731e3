"""Figures in words that contradict the tables, as grounding finds them (数据与自评表).

Grounding asks of a draft that every figure have a source; of a report that others wrote only a
contradiction counts. So what is reported here must speak of one of the table's own figures by its
name, of this year, and of the whole project.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from ziping.checks.found import ERROR, TEXT_AND_TABLE, WARNING, found
from ziping.checks.prose.likeness import normalised
from ziping.checks.prose.said_of import is_said_of_line, is_said_of_project
from ziping.checks.prose.subject import ProseSubject, Said
from ziping.checks.prose.years import speaks_of_another_time
from ziping.checks.subject import Subject
from ziping.domain.findings import Finding, Place, Severity
from ziping.domain.grounding import VIOLATION_TITLES, Violation, ViolationKind
from ziping.domain.numbers import parse_chinese, read_number
from ziping.domain.rates import read_rate
from ziping.domain.text import clean

_FUNDS = {
    "initial_budget": r"年初(?:批复|安排|部门|下达)*(?:的)?预算(?:安排|批复|下达)?",
    "annual_budget": r"全年预算|(?:调整|追加|调减|调增)后(?:的)?(?:全年)?预算|全年(?:调整)?预算",
    "received": r"(?:资金)?(?:实际|全年|累计|共)*到位(?:资金)?",
    "executed": r"(?:全年|实际|累计|共|项目|资金|预算)*(?:执行|支出|支付|使用)(?:资金)?",
}
_SUBJECT = (
    r"(?:(?:19|20)\d{2}年度?|截至(?:(?:19|20)\d{2}年)?12月(?:31日|底|末)?|本|该|项目|专项|资金|经费|全年|年度|"
    r"共|实际|财政|支出|总|累计|的|已|“[^”]{2,40}”)*"
)
_TAIL = r"(?:数|总?额|资金|金额|规模|总数)?(?:共计?|合计|总计|累计|为|是|达到?|约|：|:)*\s*$"
_RATE = {
    "execution_rate": r"(?:预算|资金|项目|全年|总体|支出)*(?:执行率|执行进度)",
    "receipt_rate": r"(?:预算|资金|项目|全年)*到位率",
}
_CLAUSE = re.compile(r"[，。；：、,;:（(\n]")
_PART = re.compile(
    "其中|人均|平均|每|分别|占|结余|剩余|尚未|未支付|基本支出|部门|单位|机关|中央|省级|市级|县级"
)
_COUNTED_BEFORE = re.compile("指标(?:总数|个数|数量|数)?(?:共计?|合计|有|为|是|设|计)*$")
_COUNTED_AFTER = re.compile(
    "(?:[一二三]级|绩效|量化|定量|定性|自评|产出|效益|满意度|质量|数量)*指标(?!值)"
)
_LABEL = re.compile(
    "(?:指标|情况|数量|任务|的|实际|全年|年度|共|累计|完成|值|数|率|达到?|达成|为|是|约|有|得分?|得|扣|满分|了)*"
)
_OF_TARGET = re.compile(r"\s*(?:任务|值|计划)?的\s*\d")
_NOT_THERE = re.compile("^数据台账里没有“[^”]*”[；，]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_FULL = Decimal(100)
_OF_SOME = re.compile(
    "(?:^|[，。；：、])[^，。；：]{0,12}(?:有|部分|个别|少数|多数|大部分)[^，。；：]{0,8}$"
    "|除.{1,40}(?:外|以外)"
)
_PROJECTS = re.compile(
    r"(?:我单位|本单位|共|共有|涉及|纳入自评的?|参评|自评)(?:有|的|共)*(?:项目)?\s*"
    r"(?P<count>\d{1,3}|[一二两三四五六七八九十]{1,3})\s*个项目"
)
_OF_OTHERS = re.compile("全[市县省区州]|下属|其他|上级|重点|各单位|以来|累计")
_GRAVE = (ViolationKind.AMOUNT, ViolationKind.RATE)
_KINDS = frozenset({*_GRAVE, ViolationKind.POINTS, ViolationKind.COUNT})


def contradictions(subject: ProseSubject) -> Iterator[Finding]:
    """Report figures that contradict the table they speak of."""
    for said, violation in _violations(subject):
        if violation.kind not in _KINDS or not violation.fact_id:
            continue
        if _is_printed(subject, violation):
            continue
        if _speaks_of(subject, said, violation):
            yield _figure(subject, said, violation)
        elif _is_said_before(subject, said, violation):
            yield _figure(subject, said, violation).model_copy(update={"severity": WARNING})


def conclusions(subject: ProseSubject) -> Iterator[Finding]:
    """Report conclusions such as 全部完成 or 收支平衡 that the table contradicts."""
    for said, violation in _violations(subject):
        if violation.kind is not ViolationKind.COMPARISON or violation.fact_id:
            continue
        until = violation.span.end - said.start
        if _OF_SOME.search(said.text[:until]) or _OF_TARGET.match(said.text[until:]):
            continue
        yield found(
            "text.conclusion",
            WARNING,
            _marked(subject.at(said), violation),
            title="正文的结论与自评表不符",
            message=f"正文说“{violation.text}”：{violation.reason.rstrip('。')}。",
            why="结论要能由自评表的数据得出。",
            clause=TEXT_AND_TABLE,
            remedy="请按自评表的数据改写这句话，或核对表中的数据。",
        )


def _violations(subject: ProseSubject) -> Iterator[tuple[Said, Violation]]:
    """Yield what grounding found, with the sentence, where it speaks of this report's year."""
    by_passage: dict[int, list[Said]] = {}
    for said in subject.said:
        by_passage.setdefault(said.passage, []).append(said)
    for at, grounding in subject.groundings.items():
        if subject.part_of(at) == "unit":
            continue
        for violation in grounding.violations:
            holding = _sentence(by_passage.get(at, []), violation.span.start)
            if holding and not speaks_of_another_time(holding.text, subject.report.fiscal_year):
                yield holding, violation


def _sentence(sentences: list[Said], start: int) -> Said | None:
    """Return the sentence that holds a place of the passage."""
    return next((one for one in reversed(sentences) if one.start <= start), None)


def _speaks_of(subject: ProseSubject, said: Said, violation: Violation) -> bool:
    """Whether the words right before a figure name what it is held against."""
    fact = violation.fact_id.rsplit(".", 1)[-1]
    start = violation.span.start - said.start
    before = said.text[:start]
    lead = _CLAUSE.split(before)[-1]
    if fact in _FUNDS or fact in _RATE:
        if _PART.search(before):
            return False
        label = _FUNDS.get(fact) or _RATE[fact]
        names = "|".join(
            re.escape(one.name.strip()) for one in subject.report.projects if one.name.strip()
        )
        lead = re.sub(f"[“”]?(?:{names})[“”]?", "项目", lead) if names else lead
        return bool(re.fullmatch(f"{_SUBJECT}(?:{label}){_TAIL}", lead))
    if fact in ("total", "determined"):
        return False  # `conclusions` holds totals against what the table prints as well
    if violation.kind is ViolationKind.COUNT and fact.endswith("count"):
        after = said.text[start + len(violation.text) :]
        return bool(_COUNTED_BEFORE.search(lead) or _COUNTED_AFTER.match(after))
    if subject.part_of(said.passage) == "objectives" or _is_target(subject, violation):
        return False
    return any(_is_right_behind(lead, name) for name in _names(subject, violation.fact_id))


def _is_said_before(subject: ProseSubject, said: Said, violation: Violation) -> bool:
    """Whether the sentence has named, some clauses before, what a figure is held against."""
    project_id, _, rest = violation.fact_id.partition(".")
    fact = rest.rpartition(".")[2]
    before = said.text[: violation.span.start - said.start]
    if is_said_of_project(_CLAUSE.split(before)[-1], before, fact):
        return True
    table = next((one for one in subject.projects if one.evaluation.id == project_id), None)
    if table is None or subject.part_of(said.passage) == "objectives":
        return False
    own = list(_names(subject, violation.fact_id))
    every = [*(one.name for one in table.lines), *(one.level1 for one in table.sheet.dimensions)]
    return is_said_of_line(before, fact, own, (one for one in every if one not in own))


def _is_target(subject: ProseSubject, violation: Violation) -> bool:
    """Whether a figure is its line's target: the words may well speak of what was planned."""
    project_id, _, rest = violation.fact_id.partition(".")
    project = subject.report.project(project_id)
    line = project.indicator(rest.partition(".")[0]) if project else None
    figures = _NUMBER.findall(clean(line.target)) if line else []
    return any(one in figures for one in _NUMBER.findall(clean(violation.text)))


def _names(subject: ProseSubject, fact_id: str) -> Iterator[str]:
    """Yield what a figure of a line or dimension is called."""
    project_id, _, rest = fact_id.partition(".")
    table = next((one for one in subject.projects if one.evaluation.id == project_id), None)
    key = rest.partition(".")[0]
    if table is None:
        return
    if key == "execution":
        yield "执行率"
    yield from (line.name for line in table.lines if line.indicator.id == key)
    dimensions = [one.level1 for one in table.sheet.dimensions]
    if key.startswith("D") and key[1:].isdigit() and int(key[1:]) <= len(dimensions):
        yield dimensions[int(key[1:]) - 1]


def _is_right_behind(lead: str, name: str) -> bool:
    """Whether a figure stands right behind a name, with only its label between."""
    plain, wanted = normalised(lead), normalised(name)
    at = plain.rfind(wanted) if wanted else -1
    return at >= 0 and bool(_LABEL.fullmatch(plain[at + len(wanted) :]))


def _is_printed(subject: ProseSubject, violation: Violation) -> bool:
    """Whether the table itself prints the figure, so that the table is what is wrong."""
    written = re.sub(r"[^\d.%％]", "", violation.text).replace("％", "%")
    project_id, _, rest = violation.fact_id.partition(".")
    table = next((one for one in subject.projects if one.evaluation.id == project_id), None)
    if table is None:
        return False
    if violation.kind is ViolationKind.RATE and "rate" in rest:
        stated = read_rate(written).value
        rates = (fund.row.printed.rate for fund in table.funds)
        return stated is not None and any(read_rate(one).value == stated for one in rates)
    value = read_number(written).value
    if violation.kind is not ViolationKind.POINTS or value is None:
        return False
    return any(value == one for one in _printed_points(table))


def _printed_points(table: Subject) -> Iterator[Decimal]:
    """Yield every number of points that follows from what a table prints."""
    groups: dict[str, list[tuple[Decimal, Decimal]]] = {}
    total = table.total.row.printed if table.total else None
    if total is not None:
        weight, points = read_number(total.weight).value, read_number(total.points).value
        if weight is not None and points is not None:
            groups["execution"] = [(weight, points)]
    for line in table.lines:
        if line.weight.value is not None and line.shown.value is not None:
            pair = (line.weight.value, line.shown.value)
            groups.setdefault(line.level1_name, []).append(pair)
            groups[line.indicator.id] = [pair]
    for pairs in groups.values():
        weight = sum((one for one, _ in pairs), Decimal(0))
        points = sum((one for _, one in pairs), Decimal(0))
        yield from (weight, points, weight - points)
    yield _FULL


def _figure(subject: ProseSubject, said: Said, violation: Violation) -> Finding:
    severity: Severity = ERROR if violation.kind in _GRAVE else WARNING
    right = violation.suggestion
    return found(
        "text.figure",
        severity,
        _marked(subject.at(said), violation),
        title=f"正文的{VIOLATION_TITLES[violation.kind]}与自评表不符",
        message=f"正文写“{violation.text}”，自评表里{_told(violation)}。",
        why="文字里的金额、比率、得分和数量要与自评表一致。",
        clause=TEXT_AND_TABLE,
        remedy=f"请核对原始资料；自评表无误的，改为{right}。" if right else "请核对后改成一致。",
    )


def _told(violation: Violation) -> str:
    """Return what a figure should have agreed with, without how grounding came to it."""
    return _NOT_THERE.sub("", violation.reason).rstrip("。")


def _marked(place: Place, violation: Violation) -> Place:
    """Return a place told apart from others in its sentence."""
    return place.model_copy(update={"path": f"{place.path}/{violation.span.start}"})


def project_count(subject: ProseSubject) -> Iterator[Finding]:
    """Report a number of projects in words other than the number of tables."""
    count = len(subject.projects)
    if not count:
        return
    for said in subject.said:
        match = _PROJECTS.search(said.text)
        if not match or _OF_OTHERS.search(said.text):
            continue
        if speaks_of_another_time(said.text, subject.report.fiscal_year):
            continue
        written = match["count"]
        stated = int(written) if written.isdigit() else parse_chinese(written)
        if stated is None or stated == count:
            continue
        yield found(
            "text.project_count",
            WARNING,
            subject.at(said),
            title="项目个数与自评表不符",
            message=f"正文说有 {match['count']} 个项目，自评表有 {count} 张。",
            why="一个项目一张自评表，文字里的项目数应与表数一致。",
            clause=TEXT_AND_TABLE,
            remedy="请补齐自评表，或改正文里的项目数。",
        )


def repeated_rate(subject: ProseSubject) -> Iterator[Finding]:
    """Report an execution rate in words on the same wrong base as the table's."""
    bad = {
        one.where.path.split("/")[0]
        for one in subject.findings
        if one.id.startswith("arithmetic.rate_base")
    }
    for said, violation in _violations(subject):
        project_id = violation.fact_id.partition(".")[0]
        is_rate = violation.kind is ViolationKind.RATE and violation.fact_id.endswith(
            "execution_rate"
        )
        if not is_rate or project_id not in bad or not _is_printed(subject, violation):
            continue
        yield found(
            "text.rate_base",
            WARNING,
            _marked(subject.at(said), violation),
            title="正文的执行率也用错了分母",
            message=f"正文写执行率“{violation.text}”，与自评表一样用错了分母：{violation.reason.rstrip('。')}。",
            why="执行率＝全年执行数÷全年预算数；按年初预算数算的比率要写明口径。",
            clause="caiyu-2020-10#附件1",
            remedy=f"请改为{violation.suggestion}；要说明年初预算口径的，写明“按年初预算数计算”。"
            if violation.suggestion
            else "请写明口径。",
        )


RULES = (contradictions, conclusions, project_count, repeated_rate)
