"""Facts, outlines and drafted sections (数据项、报告提纲、章节草稿)."""

from decimal import Decimal
from enum import StrEnum
from typing import Literal

from ziping.domain.model import Record


class Fact(Record):
    """A figure or name that prose may state (数据项)."""

    id: str
    """E.g. `p1.executed`; what a writer types as `{{p1.executed}}`."""
    title: str
    """What the figure is of, e.g. 专项业务（工作）经费 全年执行数."""
    display: str
    """Exactly what appears in prose, e.g. 619.52万元."""
    value: Decimal | None = None
    """The number in base units (amounts in 万元, rates as fractions); None for names."""
    unit: str = ""
    """万元, %, 分, 项 …"""
    source: str
    """Where it comes from: a field path or a formula over other facts, in Chinese."""
    of: str = ""
    """Id of the line, project or unit it is of."""


class Ledger(Record):
    """Every figure that may appear in prose (数据台账)."""

    facts: dict[str, Fact]

    def display(self, fact_id: str) -> str:
        """Return the display form of a fact; KeyError when there is none."""
        return self.facts[fact_id].display


class OutlineSection(Record):
    """A heading of the outline, with or without a text below it (章节)."""

    id: str
    """Path-like, e.g. `problems`, `overview.background`."""
    heading: str
    """Full heading with its number, e.g. （二）存在的问题."""
    level: int
    """1 一、 2 （一） 3 1. 4 （1）."""
    purpose: str = ""
    """What the section must tell, for people and models."""
    facts: tuple[str, ...] = ()
    """Fact ids it is expected to state, without the project prefix."""
    queries: tuple[str, ...] = ()
    """Retrieval queries for its clauses."""
    fallback: str = ""
    """Template file under prompts/fallback without suffix; blank: a heading only."""
    depends_on: tuple[str, ...] = ()
    """Sections that must be drafted before."""
    materials: tuple[str, ...] = ()
    """Material ids it uses."""
    only_with: Literal["", "rectifications"] = ""
    """Left out of a report that has none of these; blank: in every report."""


class MaterialSpec(Record):
    """A text only a person knows, asked for on 填报 (单位材料)."""

    id: str
    title: str
    per_project: bool
    """True: asked for each project; False: once for the unit."""
    example: str
    """A worked example of our own."""
    ask: str
    """Whom to ask, e.g. 业务股室."""
    rolls: bool = False
    """Whether it holds from year to year, so that a roll-forward takes it over."""
    only_adjusted: bool = False
    """Whether it is asked for only where 全年预算数 differs from 年初预算数."""
    only_with_line: str = ""
    """Asked for only where a level-2 indicator is called so, e.g. 经济效益; blank: always."""


class Outline(Record):
    """The order, headings and needs of a report (报告提纲)."""

    id: str
    title: str
    jurisdiction: str
    report_title: str
    """Title pattern with {unit} and {year}."""
    table_annex_number: str
    """Annex number over each 自评表, e.g. 附件2-1."""
    materials: tuple[MaterialSpec, ...]
    sections: tuple[OutlineSection, ...]
    """In document order."""

    def of_report(self, *, has_rectifications: bool) -> "Outline":
        """Return the outline without the sections that a report has nothing for."""
        kept = tuple(one for one in self.sections if has_rectifications or not one.only_with)
        return (
            self if len(kept) == len(self.sections) else self.model_copy(update={"sections": kept})
        )

    def section(self, section_id: str) -> OutlineSection | None:
        """Return the section with an id."""
        return next((one for one in self.sections if one.id == section_id), None)


class Author(StrEnum):
    """Who wrote a section's text (作者)."""

    TEMPLATE = "模板"
    MODEL = "模型"
    HUMAN = "人工"


class SectionText(Record):
    """A section's text and where it comes from (章节草稿)."""

    section_id: str
    text: str
    """Plain text, one paragraph a line; numbered lead-ins such as 1.…。 are bold when printed."""
    author: Author
    reason: str = ""
    """Why this author, e.g. 未配置模型."""
    facts: dict[str, str] = {}
    """Facts stated, id -> display form at the time of writing."""
    clauses: tuple[str, ...] = ()
    """Clause ids cited."""


class Problem(Record):
    """A problem the report owns up to, with what it answers (存在的问题)."""

    id: str
    title: str
    answers: tuple[str, ...]
    """Ids of the lines (deductions) and findings it answers."""
    points: Decimal = Decimal(0)
    """Points lost that it explains."""
