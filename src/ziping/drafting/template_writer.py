"""The template writer (模板撰写): every section from the same facts, without a model."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from jinja2 import DictLoader, StrictUndefined, Template, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from ziping.domain.draft import Author, OutlineSection, Problem, SectionText
from ziping.domain.errors import ContentError
from ziping.drafting.context import DraftContext
from ziping.drafting.figures import PARAGRAPH
from ziping.drafting.problems import Case, Seed, find_seeds
from ziping.drafting.project_view import ProjectView
from ziping.drafting.recorder import Recorder, chooser, missing
from ziping.drafting.report_view import ReportView

_BLANK_LINE = re.compile(r"^[ \t]*$", re.MULTILINE)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"


class CaseView:
    """One project's part in a problem, with its lines."""

    def __init__(self, project: ProjectView, case: Case) -> None:
        """Look at a case."""
        self.p = project
        self.lines = [line for line in project.lines if line.id in case.line_ids]
        self.lead = project.lead
        self.of_project = "" if project.is_single else project.quoted
        self.whose = f"{self.of_project}的" if self.of_project else ""
        self.says_the_same = all(line.says_the_same for line in self.lines)


class TemplateWriter:
    """Writes sections from templates; one instance serves any number of reports and threads."""

    def __init__(self, templates: Mapping[str, str], reason: str = "离线模板") -> None:
        """Compile on first use; keys are paths under prompts/fallback without suffix."""
        self._reason = reason
        self._environment = SandboxedEnvironment(
            loader=DictLoader(
                {name: _BLANK_LINE.sub(PARAGRAPH, text) for name, text in templates.items()}
            ),
            undefined=StrictUndefined,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
            cache_size=-1,
            auto_reload=False,
        )
        self._environment.globals["missing"] = missing

    def write(self, section: OutlineSection, context: DraftContext) -> SectionText:
        """Draft a section; what is not known stands as 【待补充：…】."""
        recorder = Recorder(context.ledger)
        view = ReportView(recorder, context)
        text = self._rendered(section, view, context)
        heading = section.heading.lstrip("一二三四五六七八九十（）()0123456789.、")
        return SectionText(
            section_id=section.id,
            text=text or missing(heading or section.heading),
            author=Author.TEMPLATE,
            reason=self._reason,
            facts=recorder.facts,
            clauses=tuple(recorder.clauses),
        )

    def _rendered(self, section: OutlineSection, view: ReportView, context: DraftContext) -> str:
        """Return a section's template filled in; a mistake in a template names its file."""
        with _template_mistakes(section.fallback):
            values = self._values(view, section.id) | {
                "problems": lambda: [
                    self._worded(seed, view, ("title", "problem")) for seed in find_seeds(context)
                ],
                "suggestions": lambda: [
                    self._worded(seed, view, ("suggestion", "measures"))
                    for seed in find_seeds(context)
                ],
            }
            return to_text(self._environment.get_template(section.fallback).render(values))

    def list_problems(self, context: DraftContext) -> tuple[Problem, ...]:
        """Return the problems the report owns up to, worded as the section words them."""
        recorder = Recorder(context.ledger)
        view = ReportView(recorder, context)
        return tuple(
            Problem(
                id=f"problem.{seed.kind}",
                title=self._worded(seed, view, ("title",))["title"],
                answers=seed.answers,
                points=seed.points,
            )
            for seed in find_seeds(context)
        )

    def _values(self, view: ReportView, place: str) -> dict[str, Any]:
        """Return what every template may use."""
        return {
            "sentence": self._environment.get_template("_lines").module,
            "r": view,
            "projects": view.projects,
            "say": chooser(f"{view.seed}|{place}"),
        }

    def _worded(self, seed: Seed, view: ReportView, blocks: Iterable[str]) -> dict[str, Any]:
        """Return blocks of a problem's file: title, problem, suggestion, measures."""
        by_id = {project.id: project for project in view.projects}
        values = self._values(view, "") | {
            "cases": [CaseView(by_id[case.project_id], case) for case in seed.cases],
        }
        name = f"problems/{seed.kind}"
        with _template_mistakes(name):
            template = self._environment.get_template(name)
            worded: dict[str, Any] = {
                block: _block(template, block, values, view.seed) for block in blocks
            }
        if "problem" in worded:
            worded["problem"] = worded["problem"].replace("\n", PARAGRAPH)
        if "measures" in worded:
            lines = worded["measures"].split("\n")
            worded["measures"] = [
                f"{mark}{one}" for mark, one in zip(_CIRCLED, lines, strict=False)
            ]
        return worded


@contextmanager
def _template_mistakes(name: str) -> Iterator[None]:
    """Tell a mistake in a template as a mistake in a file, with its line where known."""
    try:
        yield
    except (TemplateError, KeyError) as error:
        line = getattr(error, "lineno", None)
        where = f"prompts/fallback/{getattr(error, 'name', None) or name}.md"
        raise ContentError(
            f"模板不能使用（{error}）",
            where=f"{where} 第{line}行" if line else where,
            remedy="对照 prompts/README.md 改正，或恢复这个文件",
        ) from error


def _block(template: Template, name: str, values: Mapping[str, Any], seed: str) -> str:
    """Render one block; its phrases depend on the seed only, so a title reads the same twice."""
    values = {**values, "say": chooser(f"{seed}|{template.name}|{name}")}
    return to_text("".join(template.blocks[name](template.new_context(values))))


def to_text(rendered: str) -> str:
    """Return rendered text as one paragraph a line: blank lines part, single breaks join."""
    joined = (
        "".join(line.strip() for line in part.split("\n")) for part in rendered.split(PARAGRAPH)
    )
    return "\n".join(paragraph for paragraph in joined if paragraph)
