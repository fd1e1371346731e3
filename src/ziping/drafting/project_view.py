"""One project as templates see it: `p.executed` states a fact, the rest chooses sentences."""

from decimal import Decimal

from ziping.domain.amounts import read_amount
from ziping.domain.draft import MaterialSpec
from ziping.domain.evaluation import FundKind, FundSource, SelfEvaluation
from ziping.domain.findings import Severity
from ziping.domain.rules import Level1
from ziping.domain.scores import LineStatus
from ziping.drafting.context import DraftContext
from ziping.drafting.entered import fund_rows, row_name
from ziping.drafting.fact_group import CheckView, FactGroup
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


class ProjectView:
    """A project with its scores; built anew for each section so that the use is recorded."""

    def __init__(
        self,
        recorder: Recorder,
        project: SelfEvaluation,
        context: DraftContext,
        *,
        is_single: bool,
    ) -> None:
        """Look at a project."""
        self._recorder = recorder
        self._project = project
        self._context = context
        self._sheet = context.sheets_by_project.get(project.id)
        self.id = project.id
        self.is_single = is_single
        self.lines: list[LineView] = []
        self.execution_row: LineView | None = None
        """The execution rate where the table lists it among the indicators (④ 类表)."""
        for one in project.indicators:
            score = self._sheet.line(one.id) if self._sheet else None
            line = LineView(recorder, project.id, one, score, context.cells)
            if line.is_execution_row:
                self.execution_row = line
            else:
                self.lines.append(line)

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
        return self._recorder.state(f"{self.id}.{field}", f"{label}{self._doubt(field)}")

    def _doubt(self, field: str) -> str:
        """Return why an amount that was entered is no fact; blank for everything else."""
        row = self._project.fund(FundSource.TOTAL)
        if field not in AMOUNT_TITLES or row is None:
            return ""
        amount = read_amount(getattr(row, field), self._project.fund_unit)
        if amount.is_blank:
            return ""
        why = "读不出来" if amount.value is None else "是负数"
        return f"，表中所填{why}，请核对（找财务人员）"

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
            described(self._context.material(material_id))
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
        return self._context.rule_set.execution.denominator == "initial_budget"

    @property
    def has_odd_weights(self) -> bool:
        """Whether the weights add up to something other than the rule set's full marks."""
        options = self._context.rule_set.level1_weights
        full = sum(options[0].weights.values(), Decimal(0)) if options else None
        total = self._value("weight_total")
        return bool(self.lines) and total is not None and full is not None and total != full

    @property
    def is_overspent(self) -> bool:
        """Whether more was spent than the budget, or than was received."""
        return "more" in {
            self.order("executed", "annual_budget"),
            self.order("executed", "received"),
        }

    @property
    def unsummed(self) -> list[tuple[str, str]]:
        """Amount columns whose total row differs from its rows: field and heading."""
        rows = f"{self.id}/funds/total"
        told = [
            one.where.path
            for one in self._context.findings
            if one.severity is Severity.ERROR
            and one.id.startswith(("funds.sum:", "funds.total_zero:"))
        ]
        return [
            (field, heading)
            for field, heading in AMOUNT_TITLES.items()
            if f"{rows}/{field}" in told
            or (rows in told and any(row.has(field) for row in self.funds))
        ]

    @property
    def execution(self) -> FactGroup:
        """The execution-rate line."""
        return FactGroup(self._recorder, f"{self.id}.execution", "预算执行率")

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
            FactGroup(self._recorder, f"{self.id}.D{number}", level.level1)
            for number, level in enumerate(levels, 1)
        ]

    def dimension(self, title: str) -> FactGroup | None:
        """Return the dimension with a title."""
        return next((one for one in self.dimensions if one.title == title), None)

    @property
    def funds(self) -> list[FactGroup]:
        """Fund rows below the total that hold an amount."""
        groups = [
            FactGroup(self._recorder, f"{self.id}.fund.{key}", row_name(to_inline(row.label)))
            for key, row in fund_rows(self._project)
            if row.source is not FundSource.TOTAL
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
        """Return the lines that count of a kind told by level 2, e.g. 数量 or 社会."""
        return [line for line in self.counted if line.is_of(word)]

    def within(self, level1: str) -> list[LineView]:
        """Return the lines that count of a level-1 dimension."""
        return [line for line in self.counted if line.level1 == Level1(level1)]

    @property
    def satisfaction(self) -> list[LineView]:
        """The lines about satisfaction, on either level."""
        return [line for line in self.counted if line.is_satisfaction]

    @property
    def groups(self) -> list[tuple[str, list[LineView]]]:
        """The lines that count by level 1: the usual order, then other names, blank ones last."""
        usual = ("产出指标", "成本指标", "效益指标", "满意度指标")
        others = dict.fromkeys(line.level1_title for line in self.counted)
        titles = sorted({**dict.fromkeys(usual), **others}, key=lambda title: not title)
        groups = (
            (title, [line for line in self.counted if line.level1_title == title])
            for title in titles
        )
        return [(title, lines) for title, lines in groups if lines]

    @property
    def elsewhere(self) -> list[LineView]:
        """The lines that no kind told under 主要绩效 takes in."""
        kinds = ("经济", "社会", "生态", "可持续")
        return [
            line
            for line in self.counted
            if line.level1 not in {Level1.OUTPUT, Level1.COST}
            and not line.is_satisfaction
            and not any(line.is_of(kind) for kind in kinds)
        ]

    @property
    def is_measurable(self) -> bool:
        """Whether every target can be computed or checked."""
        return all(line.is_measurable for line in self.counted)

    def declined(self, word: str) -> bool:
        """Whether the table has a kind of indicator but marks it as not applicable."""
        return any(line.is_of(word) and not line.is_applicable for line in self.lines)

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
        items = self._context.framework.items if self._context.framework else ()
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
        items = self._context.framework.items if self._context.framework else ()
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
