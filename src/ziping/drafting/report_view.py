"""The report as templates see it: `r.unit` states a fact, `r.cite` cites (报告视图)."""

import re

from ziping.domain.findings import Severity
from ziping.domain.policy import PolicyDocument
from ziping.domain.previous import Rectification
from ziping.domain.rules import Certainty, Level1
from ziping.domain.scores import LineKind, LineStatus
from ziping.drafting.context import DraftContext
from ziping.drafting.figures import to_inline, to_paragraphs
from ziping.drafting.project_view import ProjectView, described
from ziping.drafting.recorder import Recorder, missing

_UNCITABLE = frozenset({"实务", "本系统默认", "已废止"})
_EVERYWHERE = frozenset({"全国", ""})
FACT_TITLES = {"unit": "编报单位名称", "rule.title": "评分规则"}
"""What a gap is called when the fact is not in the ledger."""


class RectificationView:
    """A problem of last year's report, as templates see it (上年问题整改)."""

    def __init__(self, one: Rectification) -> None:
        """Look at one."""
        said = to_inline(one.problem).rstrip("。；;")
        self.problem = said
        self.title = re.split("[。：:；，,]", said, maxsplit=1)[0]
        self.state = one.state.value
        text = to_paragraphs(one.result)
        self.result = text or missing(f"“{self.title}”的整改情况（找业务股室）")


class ReportView:
    """A report with its projects, citations and materials."""

    def __init__(self, recorder: Recorder, context: DraftContext) -> None:
        """Look at a report; what is stated goes into the recorder."""
        self._recorder = recorder
        self._context = context
        self.seed = to_inline(context.report.unit)
        is_single = len(context.report.projects) <= 1
        self.projects = [
            ProjectView(recorder, project, context, is_single=is_single)
            for project in context.report.projects
        ]
        self.is_single = is_single

    def __getattr__(self, field: str) -> str:
        """State a fact of the report in a template, as in `r.unit`."""
        if field.startswith("_"):
            raise AttributeError(field)
        return self.fact(field)

    def fact(self, fact_id: str) -> str:
        """State a fact by its whole id, e.g. `report.total.executed`."""
        return self._recorder.state(fact_id, FACT_TITLES.get(fact_id, "数据"))

    def has(self, *fact_ids: str) -> bool:
        """Whether the ledger holds all these facts."""
        return all(self._recorder.has(fact_id) for fact_id in fact_ids)

    def material(self, material_id: str) -> str:
        """Return a text about the unit, as paragraphs; or what to ask whom."""
        text = to_paragraphs(self._context.report.materials.get(material_id, ""))
        return text or missing(described(self._context.material(material_id)))

    def knows(self, material_id: str) -> bool:
        """Whether a text about the unit was entered."""
        return bool(self._context.report.materials.get(material_id, "").strip())

    @property
    def rectifications(self) -> list[RectificationView]:
        """The problems of last year's report, each with what became of it."""
        found = self._context.report.rectifications
        return [RectificationView(one) for one in found if one.problem.strip()]

    @property
    def own_documents(self) -> list[str]:
        """The unit's own regulations as cited (单位制度)."""
        documents = []
        for one in self._context.report.unit_documents:
            title, number = to_inline(one.title).strip("《》"), to_inline(one.number)
            if title:
                documents.append(f"《{title}》（{number}）" if number else f"《{title}》")
        return documents

    def cite(self, clause_id: str) -> str:
        """Cite a document; its article too where the text was seen. Blank if it cannot be cited."""
        document_id, _, article = clause_id.partition("#")
        document = self._context.documents.get(document_id)
        if document is None or not self._is_citable(document):
            return ""
        clause = next((one for one in document.clauses if one.id == clause_id), None)
        if article and clause is not None and clause.certainty is Certainty.SEEN:
            self._recorder.cite(clause_id)
            return f"{document.citation}{clause.article}"
        self._recorder.cite(document_id)
        return document.citation

    def basis(self, *document_ids: str) -> str:
        """Cite several documents, those of the rule set last; a gap when none can be cited."""
        wanted = dict.fromkeys([*document_ids, *self._context.rule_set.documents])
        cited = [text for one in wanted if (text := self.cite(one))]
        return "、".join(cited) or missing("自评依据的文件名称和文号（找财务人员）")

    def _is_citable(self, document: PolicyDocument) -> bool:
        """Whether a document may stand as a basis in this report."""
        place = document.jurisdiction
        applies = place in _EVERYWHERE or place in self._context.report.place
        is_of_rule_set = document.id in self._context.rule_set.documents
        return document.status not in _UNCITABLE and (applies or is_of_rule_set)

    def lacking(self, word: str) -> list[ProjectView]:
        """Return the projects that have indicators, but none of a kind such as 质量."""
        return [one for one in self.projects if one.counted and not one.of(word)]

    @property
    def grades(self) -> list[tuple[str, str]]:
        """Grades from the best down with the points they begin at, as stated."""
        return [
            (self.fact(f"rule.g{number}.title"), self.fact(f"rule.g{number}.at_least"))
            for number in range(1, len(self._context.rule_set.grades) + 1)
        ]

    @property
    def scores_on_initial(self) -> bool:
        """Whether the rule set scores the execution rate on the 年初预算数."""
        return self._context.rule_set.execution.denominator == "initial_budget"

    @property
    def is_execution_banded(self) -> bool:
        """Whether the execution rate earns points by bands."""
        return self._context.rule_set.execution.kind == "banded"

    @property
    def bands(self) -> list[str]:
        """Names of the qualitative bands."""
        return [band.title for band in self._context.rule_set.qualitative.bands]

    @property
    def has_ratios(self) -> bool:
        """Whether any figure is scored by its completion ratio, banded satisfaction aside."""
        return self._measures(LineKind.QUANTITATIVE, is_banded=False)

    @property
    def has_dates(self) -> bool:
        """Whether any indicator is a date kept or missed."""
        return self._measures(LineKind.DATE, is_banded=False)

    @property
    def has_banded_satisfaction(self) -> bool:
        """Whether satisfaction is measured and scored by bands."""
        return self._measures(LineKind.QUANTITATIVE, is_banded=True)

    def _measures(self, kind: LineKind, *, is_banded: bool) -> bool:
        bands = self._context.rule_set.satisfaction.kind == "banded"
        return any(
            line.kind is kind
            and line.status is not LineStatus.NOT_APPLICABLE
            and (bands and line.level1 == Level1.SATISFACTION.value) is is_banded
            for sheet in self._context.sheets
            for line in sheet.lines
        )

    @property
    def open_findings(self) -> list[str]:
        """What the checks still object to, old tables' printed figures aside: titles, each once."""
        grave = (Severity.ERROR, Severity.WARNING)
        return list(
            dict.fromkeys(
                one.title
                for one in self._context.findings
                if one.severity in grave and "/printed" not in one.where.path
            )
        )

    @property
    def average_needs(self) -> str:
        """Why the declared average cannot be stated; blank where none is declared."""
        average = self._context.average
        return average.needs.rstrip("。") if average else ""

    @property
    def has_worded(self) -> bool:
        """Whether any indicator is judged by words."""
        return any(project.worded for project in self.projects)

    @property
    def has_framework_answers(self) -> bool:
        """Whether any project answered the framework checklist."""
        return any(
            answer.answer
            for project in self._context.report.projects
            for answer in project.checklist.values()
        )

    @property
    def average_kind(self) -> str:
        """How totals are averaged; blank when nobody declared it."""
        return self._context.report.average.value

    @property
    def is_scored(self) -> bool:
        """Whether every project has a total."""
        return bool(self.projects) and all(project.has("total") for project in self.projects)
