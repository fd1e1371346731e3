"""The JSON each command prints: the published contract (命令输出).

Numbers are plain decimals exactly as computed (9.68), never exponents; what cannot be said is
null. Rates are fractions (0.9685 is 96.85 %), amounts are in 万元. Keys are only ever added.
"""

from decimal import Decimal
from typing import Annotated

from pydantic import WithJsonSchema

from ziping.domain.findings import Severity
from ziping.domain.model import Record
from ziping.domain.package import ManifestCheck

Number = Annotated[Decimal, WithJsonSchema({"type": "number"})]
"""A plain decimal (数值)."""


class FindingAnswer(Record):
    """A finding (校验发现)."""

    id: str
    """Stable: rule id, then the place."""
    severity: Severity
    where: str
    """The place in words, with where it stands in the file."""
    message: str
    clause: str
    """Clause id; blank: plain arithmetic."""
    remedy: str
    title: str
    why: str
    family: str
    path: str
    """Field path of the place; `text/…` for the running text of a report."""
    source: str = ""
    """Where it stands in the file that was checked: 第43行, 表1 第5行第2列, 第三章（四）第1段."""
    line: int | None = None
    """Line of a text file; null for files without lines."""
    quote: str = ""
    """The sentence or cell as written there."""


class LineAnswer(Record):
    """The score of the execution rate or of one indicator (一行得分)."""

    id: str
    """`execution` or the indicator's id."""
    level1: str
    level2: str
    level3: str
    weight: Number | None
    points: Number | None
    """得分 that counts; null while undetermined."""
    computed: Number | None
    """Points by the rule; null where only a person can decide."""
    given: Number | None
    """Points a person gave."""
    trace: str
    """The formula with the figures in it."""
    clause: str
    """Clause id the rule rests on."""
    certainty: str
    """How surely the clause is known, in Chinese."""
    reason: str
    """Why these points, in plain words."""
    distance: str
    """What is missing to full marks; blank at full marks."""
    kind: str
    """execution, quantitative, date, qualitative or none."""
    status: str
    """determined, undetermined or not_applicable."""
    low: Number
    high: Number
    met: bool | None
    ratio: Number | None
    needs: str
    """For an undetermined line: what is needed."""
    notes: tuple[str, ...]
    problem: str
    """Why points given by a person cannot stand."""


class RateAnswer(Record):
    """A rate with its base named (各口径执行率)."""

    base: str
    numerator: Number
    denominator: Number
    value: Number
    points: Number | None
    """Points it would give; null for receipt rates."""
    counts: bool
    """Whether the rule set scores by this one."""


class DimensionAnswer(Record):
    """Points and weight of one level-1 dimension (一级指标小计)."""

    level1: str
    weight: Number
    points: Number
    undetermined: int


class RangeAnswer(Record):
    """Between what the total can still come to (可能范围)."""

    low: Number
    high: Number


class NextGradeAnswer(Record):
    """The way to the next grade (距上一等级)."""

    title: str
    gap: Number


class RuleSetAnswer(Record):
    """The rule set used, and why (评分规则)."""

    id: str
    title: str
    reason: str


class AverageAnswer(Record):
    """The average over several projects that a person declared (平均得分)."""

    kind: str
    value: Number | None
    formula: str
    needs: str


class ProjectScore(Record):
    """One project's scores and findings: what `score` prints for one project (评分结果)."""

    project: str
    """Id of the project."""
    name: str
    rule_set: RuleSetAnswer
    status: str
    """determined, or undetermined while a line has no points yet."""
    total: Number | None
    """总分; null until every line is determined."""
    grade: str | None
    execution_rate: Number | None
    determined: Number
    """已定分."""
    range: RangeAnswer
    weight_total: Number
    next_grade: NextGradeAnswer | None
    needs: tuple[str, ...]
    """What is needed to determine the rest."""
    rates: tuple[RateAnswer, ...]
    dimensions: tuple[DimensionAnswer, ...]
    lines: tuple[LineAnswer, ...]
    findings: tuple[FindingAnswer, ...]


class ReportScore(Record):
    """Several projects' scores: what `score` prints for them (报告评分结果)."""

    unit: str
    fiscal_year: int
    rule_set: RuleSetAnswer
    average: AverageAnswer | None
    """null unless the report declares how to average."""
    projects: tuple[ProjectScore, ...]
    findings: tuple[FindingAnswer, ...]
    """Findings about the report as a whole."""


class ProjectCheck(Record):
    """One project's findings: what `check` prints for one project (校验结果)."""

    project: str
    name: str
    errors: int
    warnings: int
    notes: int
    findings: tuple[FindingAnswer, ...]
    remarks: tuple[str, ...] = ()
    """What to know about the reading, in Chinese: tracked changes, cells not read."""
    has_text: bool = False
    """Whether the running text of a report was checked."""
    has_table: bool = True
    """Whether the file itself holds a table."""


class ReportCheck(Record):
    """Several projects' findings: what `check` prints for them (报告校验结果)."""

    errors: int
    warnings: int
    notes: int
    projects: tuple[ProjectCheck, ...]
    findings: tuple[FindingAnswer, ...]
    """Findings about the report as a whole, those on its text among them."""
    remarks: tuple[str, ...] = ()
    """What to know about the reading, in Chinese: tracked changes, cells not read."""
    has_text: bool = False
    """Whether the running text of a report was checked."""
    has_table: bool = True
    """Whether the file itself holds a table."""


class VerifyAnswer(Record):
    """Whether a Word file still says what was exported (核验结果)."""

    holds: bool
    has_manifest: bool
    exported_at: str
    rule_set: str
    product_version: str
    checks: tuple[ManifestCheck, ...]


class RuleSetLine(Record):
    """A rule set in the list (评分规则)."""

    id: str
    title: str
    jurisdiction: str
    valid_from: str
    valid_until: str | None
    text_seen: bool
    """Whether its text was seen (false: 正文未见)."""
    certainty: str
    """How surely its execution rule is known, in Chinese."""
    summary: str


class RuleSetList(Record):
    """What `rules list` prints (规则列表)."""

    rule_sets: tuple[RuleSetLine, ...]


class ContentCheck(Record):
    """What `rules check` prints (内容检查)."""

    problems: tuple[str, ...]
    """Each with file, line and remedy, in Chinese."""


class DoctorLine(Record):
    """One thing that was looked at (检查项)."""

    title: str
    ok: bool
    told: str
    """What was found, in Chinese, with the remedy when it is not ok."""
    warning: bool = False
    """It works, but somebody should know."""


class AirgapStep(Record):
    """One part of the main job, done with no way out (断网自检步骤)."""

    title: str
    ok: bool
    told: str
    seconds: float


class AirgapAnswer(Record):
    """What `doctor --airgap` prints (断网自检结果)."""

    ok: bool
    """Everything was done, and nothing outside was called."""
    isolated: bool
    """Whether the system itself cut every way out; else calls were watched and refused."""
    steps: tuple[AirgapStep, ...]
    attempts: tuple[str, ...]
    """Addresses outside of this machine that something tried to call."""


class DoctorAnswer(Record):
    """What `doctor` prints (环境检查)."""

    ok: bool
    checks: tuple[DoctorLine, ...]


class BatchFailure(Record):
    """A report that could not be made (没有生成的报告)."""

    source: str
    """The file it came from."""
    label: str
    """Where in that file; blank: the file as a whole."""
    error: str


class BatchAnswer(Record):
    """What a batch came to (批量结果)."""

    reports: int
    """Reports made, those of earlier runs included."""
    projects: int
    failed: tuple[BatchFailure, ...]
    summary: str
    """Path of the roll-up."""
    todo_files: tuple[str, ...]
    """Paths of the to-do lists, one a unit."""
