"""What the text claims of the table's indicators: their framework, and how measurable they are."""

import re
from collections.abc import Iterator

from ziping.checks.found import FRAMEWORK, NOTE, WARNING, found
from ziping.checks.prose.deductions import names_line
from ziping.checks.prose.items import items_of
from ziping.checks.prose.outline import CLOSING, PROBLEMS
from ziping.checks.prose.subject import ProseSubject, Said
from ziping.domain.findings import Finding
from ziping.domain.numbers import plain

_DIMENSIONS = re.compile(
    r"(?:项目)?(?:决策|投入)(?:指标|类)?\s*[、，,和及与（(]\s*(?:[（(]?\d+分[)）]?)?[、，,和及与]?\s*(?:项目)?(?:过程|管理)"
)
_OF_TABLE = re.compile("指标体系|维度|一级指标|评分标准|自评指标|评价指标|指标表|共设|满分")
_DENIED = re.compile(
    "没有(?:设置?|列)?|不(?:含|包括|设|计入|计分|列入|涉及)|未(?:设|列|包括|纳入)|仅作|只作|参考|第[一二三四五]部分"
)
_PROCESS = ("决策", "过程", "投入", "管理")
_TARGETS = re.compile("绩效目标|绩效指标|指标值|目标值|指标设[置定]|目标设[置定]|指标")
_NOT_MEASURABLE = re.compile(
    r"(?:未|没有|没|不够|尚未|未能|欠|缺乏|缺少|不尽|不)(?:完全|充分|进行|进一步|能|做到|得到|予以|够)*"
    r"(?:细化|量化|明确|具体|可衡量)"
)
_SETTLED = re.compile("不存在|没有发现|未发现|已(?:经)?(?:细化|量化)")


def claimed_framework(subject: ProseSubject) -> Iterator[Finding]:
    """Report a framework of 决策 and 过程 in words where the table has neither."""
    if not subject.projects:
        return
    titles = dict.fromkeys(
        line.level1_name for table in subject.projects for line in table.lines if line.level1_name
    )
    if not titles or any(word in title for title in titles for word in _PROCESS):
        return
    for said in subject.said:
        is_claim = _DIMENSIONS.search(said.text) and _OF_TABLE.search(said.text)
        if not is_claim or _DENIED.search(said.text):
            continue
        yield found(
            "text.framework",
            WARNING,
            subject.at(said),
            title="正文说的指标体系与自评表不同",
            message="正文说指标体系有决策、过程等维度，自评表的一级指标只有"
            f"{'、'.join(titles)}（另有预算执行率），没有决策和过程。",
            why="决策、过程、产出、效益是部门评价和财政评价的框架；单位自评按批复的产出、效益、满意度等指标打分。",
            clause=FRAMEWORK,
            remedy="请按自评表实际的一级指标和分值写；决策、过程的分析另列一章的，写明不计入自评得分。",
        )
        return


def not_measurable_beside_high_score(subject: ProseSubject) -> Iterator[Finding]:
    """Report the admission that targets are not measurable beside a total of the best grade."""
    best = subject.rule_set.grades[0] if subject.rule_set.grades else None
    total = subject.total
    if best is None or total is None or total < best.at_least:
        return
    vague = _vague_lines(subject)
    problems = items_of(subject, PROBLEMS)
    if any(names_line(item.text, name, subject.words) for item in problems for name, _ in vague):
        return
    for said in subject.said:
        is_said = _TARGETS.search(said.text) and _NOT_MEASURABLE.search(said.text)
        if not is_said or _SETTLED.search(said.text) or subject.part_of(said.passage) in CLOSING:
            continue
        if any(name in said.text for name, _ in vague):
            continue
        yield _beside(subject, said, vague)
        return


def _vague_lines(subject: ProseSubject) -> list[tuple[str, str]]:
    """Return names and points of the lines whose target cannot be measured."""
    vague = {
        one.where.path.rsplit("/", 1)[0]
        for one in subject.findings
        if one.id.startswith(("targets.not_measurable", "targets.same_words"))
    }
    return [
        (line.name, line.shown.raw.strip())
        for table in subject.projects
        for line in table.lines
        if f"{table.evaluation.id}/indicators/{line.indicator.id}" in vague
    ]


def _beside(subject: ProseSubject, said: Said, vague: list[tuple[str, str]]) -> Finding:
    """Return the finding, naming the lines meant."""
    total = plain(subject.total) if subject.total is not None else ""
    listed = "、".join(
        f"“{name}”得 {points} 分" if points else f"“{name}”" for name, points in vague
    )
    told = (
        f"自评表里指标值无法衡量的有 {len(vague)} 条（{listed}）"
        if vague
        else "自评表里看不出是哪几条"
    )
    return found(
        "text.not_measurable_beside_score",
        WARNING if vague else NOTE,
        subject.at(said),
        title="承认指标没有细化量化，得分却很高",
        message=f"正文承认指标值没有细化、量化，自评表总分却是 {total} 分；{told}。",
        why="指标不可衡量，得分就没有依据；要么说明怎样认定完成，要么在得分和问题里体现。",
        clause="choucha-shiwu#指标可衡量",
        remedy="请写明是哪几条指标、凭什么认定完成；说不清的，调整得分，并写进存在的问题。",
    )


RULES = (claimed_framework, not_measurable_beside_high_score)
