"""One project as templates see it: `p.executed` states a fact, the rest chooses sentences."""

from decimal import Decimal

from ziping.domain.draft import MaterialSpec
from ziping.domain.evaluation import FundKind, FundSource, SelfEvaluation
from ziping.domain.framework import Framework, FrameworkPoint
from ziping.domain.rules import Level1
from ziping.domain.scores import LineStatus, ScoreSheet
from ziping.drafting.figures import first_number, to_inline, to_paragraphs
from ziping.drafting.ledger import AMOUNT_TITLES
from ziping.drafting.line_view import LineView
from ziping.drafting.recorder import Recorder, missing

FACT_TITLES = AMOUNT_TITLES | {
    "name": "项目支出名称",
    "competent_department": "主管部门",
    "implementing_unit": "实施单位",
    "fund_kind": "资金性质",
    "adjustment_basis": "预算调整依据",
    "adjustment": "预算调整额",
    "adjustment_rate": "预算调整幅度",
    "execution_rate": "预算执行率",
    "rate_on_annual": "按全年预算数计算的执行率",
    "rate_on_initial": "按年初预算数计算的执行率",
    "receipt_rate": "资金到位率",
    "unspent": "未执行数",
    "total": "总分",
    "grade": "等级",
    "determined": "已定分",
}
"""What a gap is called when the fact is not in the ledger."""


_CLARITY = "decision.indicators"
"""The checklist item that worded targets answer by themselves (绩效指标明确性)."""


class FactGroup:
    """A fund row or a dimension: facts under one prefix."""

    def __init__(self, recorder: Recorder, prefix: str, names: tuple[str, ...]) -> None:
        """Look at the facts under a prefix; `names` are the dimension's or row's own titles."""
        self._recorder = recorder
        self._prefix = prefix
        self.title = names[0] if names else ""

    def __getattr__(self, field: str) -> str:
        """State a fact of the group in a template, as in `row.executed`."""
        if field.startswith("_"):
            raise AttributeError(field)
        return self._recorder.state(f"{self._prefix}.{field}", FACT_TITLES.get(field, "数据"))

    def has(self, field: str) -> bool:
        """Whether the ledger holds a fact of the group."""
        return self._recorder.has(f"{self._prefix}.{field}")


class CheckView:
    """An item of the framework checklist with its answer (框架核对)."""

    def __init__(self, item: FrameworkPoint, answer: str, note: str) -> None:
        """Show an answered or unanswered item."""
        self.id = item.id
        self.level3 = item.level3
        self.answer = answer
        self.note = to_inline(note)


class ProjectView:
    """A project with its scores; built anew for each section so that the use is recorded."""

    def __init__(  # noqa: PLR0913 - what a section may know of a project
        self,
        recorder: Recorder,
        project: SelfEvaluation,
        sheet: ScoreSheet | None,
        *,
        is_single: bool,
        specs: dict[str, MaterialSpec],
        framework: Framework | None,
    ) -> None:
        """Look at a project."""
        self._recorder = recorder
        self._project = project
        self._sheet = sheet
        self._specs = specs
        self._framework = framework
        self.id = project.id
        self.is_single = is_single
        self.lines = [
            LineView(recorder, project.id, one, sheet.line(one.id) if sheet else None)
            for one in project.indicators
        ]

    def __getattr__(self, field: str) -> str:
        """State a fact of the project in a template, as in `p.executed`."""
        if field.startswith("_"):
            raise AttributeError(field)
        return self.state(field)

    def state(self, field: str) -> str:
        """State a fact of the project."""
        title = FACT_TITLES.get(field, "数据")
        name = to_inline(self._project.name)
        label = title if self.is_single or not name else f"“{name}”的{title}"
        return self._recorder.state(f"{self.id}.{field}", label)

    def has(self, *fields: str) -> bool:
        """Whether the ledger holds all these facts of the project."""
        return all(self._recorder.has(f"{self.id}.{field}") for field in fields)

    @property
    def lead(self) -> str:
        """The project's name with a colon, when the report has several."""
        return "" if self.is_single else f"“{self.state('name')}”："

    @property
    def quoted(self) -> str:
        """The project's name in quotation marks."""
        return f"“{self.state('name')}”"

    def material(self, material_id: str) -> str:
        """Return a text only a person knows, as paragraphs; or what to ask whom."""
        return to_paragraphs(self._project.materials.get(material_id, "")) or missing(
            described(self._specs.get(material_id))
        )

    def knows(self, material_id: str) -> bool:
        """Whether a material was entered."""
        return bool(self._project.materials.get(material_id, "").strip())

    def _value(self, field: str) -> Decimal | None:
        fact = self._recorder.ledger.facts.get(f"{self.id}.{field}")
        return fact.value if fact else None

    def order(self, left: str, right: str) -> str:
        """Compare two amounts: more, less, same; blank when either is not known."""
        first, second = self._value(left), self._value(right)
        if first is None or second is None:
            return ""
        return "same" if first == second else "more" if first > second else "less"

    def is_zero(self, field: str) -> bool:
        """Whether an amount is known to be zero."""
        return self._value(field) == 0

    def is_count_zero(self, field: str) -> bool:
        """Whether a count is zero or not known."""
        return not self._value(field)

    @property
    def has_same_grade(self) -> bool:
        """Whether the total on the other base has the same grade."""
        facts = self._recorder.ledger.facts
        own, other = facts.get(f"{self.id}.grade"), facts.get(f"{self.id}.other_grade")
        return own is not None and other is not None and own.display == other.display

    @property
    def has_two_bases(self) -> bool:
        """Whether the rates on the two budgets differ."""
        return self.order("rate_on_annual", "rate_on_initial") in {"more", "less"}

    @property
    def scores_on_initial(self) -> bool:
        """Whether the rule set scores on the 年初预算数."""
        rates = self._sheet.rates if self._sheet else ()
        return any(rate.counts and "年初" in rate.base.value for rate in rates)

    @property
    def execution(self) -> FactGroup:
        """The execution-rate line."""
        return FactGroup(self._recorder, f"{self.id}.execution", ("预算执行率",))

    @property
    def has_lost_on_execution(self) -> bool:
        """Whether the execution rate lost points."""
        return self._sheet is not None and self._sheet.execution.deduction > 0

    @property
    def is_execution_open(self) -> bool:
        """Whether the execution rate has no points yet."""
        return self._sheet is None or self._sheet.execution.status is LineStatus.UNDETERMINED

    @property
    def has_lost(self) -> bool:
        """Whether any line lost points."""
        return self._sheet is not None and any(line.deduction for line in self._sheet.lines)

    @property
    def dimensions(self) -> list[FactGroup]:
        """Level-1 dimensions with weight and points."""
        levels = self._sheet.dimensions if self._sheet else ()
        return [
            FactGroup(self._recorder, f"{self.id}.D{number}", (level.level1,))
            for number, level in enumerate(levels, 1)
        ]

    def dimension(self, title: str) -> FactGroup | None:
        """Return the dimension with a title."""
        return next((one for one in self.dimensions if one.title == title), None)

    @property
    def funds(self) -> list[FactGroup]:
        """Fund rows below the total that hold an amount."""
        groups = [
            FactGroup(self._recorder, f"{self.id}.fund.{row.source.value}", (row.source.value,))
            for row in self._project.funds
            if row.source.value != "total"
        ]
        return [one for one in groups if any(one.has(field) for field in AMOUNT_TITLES)]

    @property
    def objectives(self) -> list[tuple[str, str]]:
        """Expected and achieved of each objective, as paragraphs."""
        pairs = (
            (to_paragraphs(one.expected), to_paragraphs(one.achieved))
            for one in self._project.objectives
        )
        return [pair for pair in pairs if any(pair)]

    def of(self, word: str) -> list[LineView]:
        """Return the lines that count and whose level 2 names a kind, e.g. 数量."""
        if word == "成本":
            return [line for line in self.counted if line.is_cost]
        return [line for line in self.counted if word in line.level2]

    def within(self, level1: str) -> list[LineView]:
        """Return the lines that count of a level-1 dimension."""
        return [line for line in self.counted if line.level1 == Level1(level1)]

    def declined(self, word: str) -> bool:
        """Whether the table has a kind of indicator but marks it as not applicable."""
        return any(word in line.level2 and not line.is_applicable for line in self.lines)

    @property
    def counted(self) -> list[LineView]:
        """The lines that count."""
        return [line for line in self.lines if line.is_applicable]

    @staticmethod
    def lost_of(lines: list[LineView]) -> list[LineView]:
        """Return those of some lines that lost points."""
        return [line for line in lines if line.is_lost]

    @staticmethod
    def open_of(lines: list[LineView]) -> list[LineView]:
        """Return those of some lines without points yet."""
        return [line for line in lines if line.is_open]

    @property
    def lost(self) -> list[LineView]:
        """The lines that lost points."""
        return [line for line in self.counted if line.is_lost]

    @property
    def open(self) -> list[LineView]:
        """The lines without points yet."""
        return [line for line in self.counted if line.is_open]

    @property
    def worded(self) -> list[LineView]:
        """The lines judged by words."""
        return [line for line in self.counted if line.is_qualitative]

    def copies_budget(self, line: LineView) -> bool:
        """Whether a cost line's target is the initial budget and its actual the amount spent."""
        pairs = (("target", "initial_budget"), ("actual", "executed"))
        for cell, amount in pairs:
            fact = self._recorder.ledger.facts.get(f"{line.id}.{cell}")
            value = self._value(amount)
            if fact is None or value is None or first_number(fact.display) != value:
                return False
        return line.is_cost and self.order("initial_budget", "annual_budget") == "more"

    def checks(self, level2: str) -> list[CheckView]:
        """Return the items of the framework under a level-2 heading, with their answers."""
        items = self._framework.items if self._framework else ()
        answers = self._project.checklist
        found = []
        for item in items:
            if item.level2 == level2:
                answer = answers.get(item.id)
                found.append(
                    CheckView(item, answer.answer if answer else "", answer.note if answer else "")
                )
        return found

    @property
    def failed_checks(self) -> list[CheckView]:
        """Items of the checklist answered 部分 or 否, but those the figures already show."""
        items = self._framework.items if self._framework else ()
        levels = dict.fromkeys(item.level2 for item in items)
        shown = {_CLARITY} if self.worded else set()
        return [
            check
            for level in levels
            for check in self.checks(level)
            if check.answer in {"部分", "否"} and check.id not in shown
        ]

    @property
    def lists_special_as_appropriation(self) -> bool:
        """Whether money of the 财政专户 stands in the 当年财政拨款 row."""
        rows = {row.source for row in self._project.funds if row.annual_budget.strip()}
        return (
            self._project.fund_kind is FundKind.SPECIAL_ACCOUNT
            and FundSource.APPROPRIATION in rows
            and FundSource.SPECIAL_ACCOUNT not in rows
        )


def described(spec: MaterialSpec | None) -> str:
    """Return what to fill in and whom to ask for it."""
    return f"{spec.title}（找{spec.ask}）" if spec else "本段内容"
