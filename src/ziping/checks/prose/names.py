"""Names and years that belong to another report: what copying leaves behind (张冠李戴)."""

import re
from collections.abc import Iterator

from ziping.checks.found import TEXT_AND_TABLE, WARNING, found
from ziping.checks.prose.likeness import coverage, likeness, normalised
from ziping.checks.prose.subject import ProseSubject, Said
from ziping.domain.findings import Finding
from ziping.domain.text import is_blank

_TITLES = re.compile("《[^》\n]{0,120}》|〔\\d{4}〕\\d{1,5}号")
_SUFFIX = (
    "局|厅|委员会|委|办公室|办|中心|学校|大学|学院|中学|小学|幼儿园|医院|卫生院|院|馆|所|站|队|政府|"
    "街道办事处|镇|乡|协会|联合会|法院|检察院"
)
_OF_ANOTHER = re.compile(
    rf"(?P<unit>[\u4e00-\u9fff]{{2,24}}?(?:{_SUFFIX}))(?:的)?(?P<year>20\d\d)年度?(?:的)?"
    r"(?:项目支出|部门预算|部门整体支出|专项资金|专项经费|预算|整体支出)?(?:绩效)?(?:自评|评价)(?:报告|工作)?"
)
_LEADS = re.compile("^.*(?:根据|依据|按照|通过对?|对|由|受|组织|开展|关于|在|和|与|及|向|的)")
_OFFICE = re.compile("财政|审计|人民政府|省|人大|第三方")
_YEAR_OF_REPORT = re.compile(
    r"(?P<year>20\d\d)年度(?:的)?(?:项目支出|部门整体支出|专项资金|专项经费)(?:绩效)?(?:单位)?(?:自评|评价)"
)
_ALIKE = 0.5
_KNOWN = 0.5


def other_units(subject: ProseSubject) -> Iterator[Finding]:
    """Report another unit's name where this report's own is meant."""
    known = _known_units(subject)
    if not known:
        return
    for said in subject.said:
        for match in _OF_ANOTHER.finditer(_TITLES.sub("", said.text)):
            name = _LEADS.sub("", match["unit"])
            if len(name) < 4 or _OFFICE.search(name) or _is_known(name, known):  # noqa: PLR2004 - 某局
                continue
            yield found(
                "text.other_unit",
                WARNING,
                subject.at(said, f"/{name}"),
                title="出现了别的单位的名称",
                message=f"正文写“{match.group()}”，本报告的单位是{'、'.join(known)}。",
                why="可能是从别的单位的报告复制过来没有改。",
                clause=TEXT_AND_TABLE,
                remedy="请改成本单位名称，并检查前后内容是否也是照抄的。",
            )


def _known_units(subject: ProseSubject) -> list[str]:
    names = [subject.report.unit]
    for one in subject.report.projects:
        names += [one.implementing_unit, one.competent_department]
    return list(dict.fromkeys(name.strip() for name in names if not is_blank(name)))


def _is_known(name: str, known: list[str]) -> bool:
    plain = normalised(name)
    return any(
        plain in normalised(one) or normalised(one) in plain or likeness(plain, one) >= _ALIKE
        for one in known
    )


def self_references(subject: ProseSubject) -> Iterator[Finding]:
    """Report 我局 in the report of a school, and the like, once for each word."""
    units = [
        one
        for one in (subject.report.unit, *(p.implementing_unit for p in subject.report.projects))
        if one.strip()
    ]
    if not units:
        return
    own = "、".join(dict.fromkeys(units))
    for word, endings in subject.words.self_names.items():
        if any(ending in unit for ending in (*endings, word) for unit in units):
            continue
        pattern = re.compile(rf"我{re.escape(word)}(?![在有示说做知属以要想们各])")
        uses = [one for one in subject.said if pattern.search(one.text)]
        if not uses:
            continue
        yield found(
            "text.self_reference",
            WARNING,
            subject.at(uses[0], f"/{word}"),
            title="自称与单位不符",
            message=f"正文自称“我{word}”（共 {len(uses)} 句），本报告的单位是{own}。",
            why="可能是从别的单位的报告复制过来没有改。",
            clause=TEXT_AND_TABLE,
            remedy="请改成与本单位相符的自称，并检查这一段是否照抄。",
        )


def other_years(subject: ProseSubject) -> Iterator[Finding]:
    """Report a year of the report itself other than the one evaluated."""
    year = subject.report.fiscal_year
    for said in subject.said:
        for match in _YEAR_OF_REPORT.finditer(_TITLES.sub("", said.text)):
            if int(match["year"]) == year:
                continue
            yield _other_year(subject, said, match.group(), year)
            break


def _other_year(subject: ProseSubject, said: Said, written: str, year: int) -> Finding:
    return found(
        "text.other_year",
        WARNING,
        subject.at(said, "/year"),
        title="年度与自评年度不符",
        message=f"正文写“{written}”，本报告的自评年度是 {year} 年。",
        why="可能沿用了上年的报告没有改年度。",
        clause=TEXT_AND_TABLE,
        remedy=f"请核对；确为本年度的改为 {year} 年度。",
    )


def project_not_named(subject: ProseSubject) -> Iterator[Finding]:
    """Report projects of the tables that the text never names."""
    for table in subject.projects:
        name = table.evaluation.name
        if is_blank(name) or coverage(name, subject.whole) >= _KNOWN:
            continue
        yield found(
            "text.project_name",
            WARNING,
            subject.at_text(table.evaluation.id),
            title="正文没有提到自评表里的项目",
            message=f"自评表的项目是“{name.strip()}”，正文通篇没有提到。",
            why="报告和自评表评的应是同一个项目。",
            clause=TEXT_AND_TABLE,
            remedy="请核对是否附错了自评表，或在正文里写明项目名称。",
        )


RULES = (other_units, self_references, other_years, project_not_named)
