"""What is sent to a model for a section, and nothing else (提示词组装)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from ziping.domain.draft import Fact, OutlineSection, SectionText
from ziping.domain.errors import ContentError
from ziping.domain.library import LibraryClause
from ziping.domain.prompts import Prompt
from ziping.drafting.context import DraftContext
from ziping.drafting.model.citing import citable_clauses
from ziping.drafting.model.excerpt import Shortening
from ziping.drafting.model.tokens import tokenised

Evidence: TypeAlias = tuple[LibraryClause, ...]
"""The clauses found for a section (检索到的条款)."""

_QUOTING = str.maketrans("<>", "＜＞")
_ALWAYS = ("unit", "year", "name")


@dataclass(frozen=True, slots=True)
class Message:
    """One message to a model."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True)
class SectionTask:
    """A section to write and everything a model may know for it (撰写任务)."""

    section: OutlineSection
    context: DraftContext
    draft: SectionText
    """The template's text: its figures are checked, its facts are those of the section."""
    evidence: Evidence = ()
    earlier: Mapping[str, SectionText] = field(default_factory=dict)
    """Texts of the sections this one depends on, by section id."""
    instruction: str = ""
    """What a person asked for when having it written again."""

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts of the section, in the ledger's order."""
        keys = [one.id for one in self.context.report.projects]
        wanted = set(self.draft.facts) | set(_ALWAYS) | {f"{key}.name" for key in keys}
        for fact_id in self.section.facts:
            wanted |= {fact_id, *(f"{key}.{fact_id}" for key in keys)}
        for one in self.earlier.values():
            wanted |= set(one.facts)
        return tuple(fact for key, fact in self.context.ledger.facts.items() if key in wanted)

    @property
    def required(self) -> tuple[Fact, ...]:
        """The facts that the outline wants told, where there is a single project to tell of."""
        projects = self.context.report.projects
        if len(projects) != 1:
            return ()
        facts = self.context.ledger.facts
        ids = (f"{projects[0].id}.{one}" for one in self.section.facts)
        return tuple(facts[one] for one in ids if one in facts and one in self.draft.facts)


def messages_of(
    task: SectionTask, prompts: Mapping[str, Prompt], short: Shortening
) -> tuple[Message, ...]:
    """Return the messages of a section's first request."""
    name = f"sections/{task.section.id}"
    if name not in prompts:
        raise ContentError(
            "缺少这一节的提示词", where=f"prompts/{name}.md", remedy="请补上文件，或从安装包恢复"
        )
    values = {
        "heading": task.section.heading,
        "purpose": task.section.purpose,
        "facts": "\n".join(_fact_line(one) for one in task.facts),
        "clauses": _clauses(task, short) or "（没有检索到可以引用的条款，不要引用任何文件）",
        "draft": _quoted("底稿", "程序写的底稿", tokenised(task.draft, task.facts), short.draft)
        or "（无）",
        "materials": _materials(task, short) or "（单位没有填写）",
        "earlier": _earlier(task, short) or "（无）",
    }
    asked = prompts[name].fill(values)
    if task.instruction.strip():
        wish = _quoted("要求", "经办人的要求", task.instruction, short.materials)
        asked += "\n\n" + prompts["instruction"].fill({"instruction": wish})
    return (
        Message("system", prompts["system"].fill({})),
        Message("user", asked),
    )


def repair_messages(
    prompts: Mapping[str, Prompt], answer: str, faulty: Sequence[str], missing: Sequence[Fact]
) -> tuple[Message, ...]:
    """Return what follows an answer with sentences that did not agree with the facts."""
    told = "\n".join(faulty) or "（没有）"
    lacking = "\n".join(_fact_line(one) for one in missing) or "（没有）"
    asked = prompts["repair"].fill({"sentences": told, "missing": lacking})
    return (Message("assistant", answer), Message("user", asked))


def _fact_line(fact: Fact) -> str:
    """Return a fact as a model reads it."""
    return f"{{{{{fact.id}}}}} | {fact.title} | {_inline(fact.display)}"


def _clauses(task: SectionTask, short: Shortening) -> str:
    """Return the clauses that may be cited, each as quoted data."""
    citable = citable_clauses(task.evidence, task.context)
    chosen = [one for one in task.evidence if one.id in citable][: short.clause_count]
    return "\n".join(
        _quoted(f"条款 [[{one.id}]]", citable[one.id].text, one.text, short.clauses)
        for one in chosen
    )


def _materials(task: SectionTask, short: Shortening) -> str:
    """Return the unit's own texts for a section, each as quoted data."""
    report = task.context.report
    specs = {one.id: one for one in task.context.outline.materials}
    found = []
    for key in task.section.materials:
        title = specs[key].title if key in specs else key
        sources = [(title, report.materials.get(key, ""))]
        sources += [
            (f"{title}（{_inline(one.name)}）", one.materials.get(key, ""))
            for one in report.projects
        ]
        found += [_quoted("材料", name, text, short.materials) for name, text in sources]
    return "\n".join(one for one in found if one)


def _earlier(task: SectionTask, short: Shortening) -> str:
    """Return the sections this one must agree with."""
    outline = task.context.outline
    found = []
    for key, text in task.earlier.items():
        section = outline.section(key)
        heading = section.heading if section else key
        found.append(_quoted("前文", heading, tokenised(text, task.facts), short.draft))
    return "\n".join(one for one in found if one)


def _quoted(kind: str, title: str, text: str, longest: int) -> str:
    """Return a text wrapped as data; blank when there is none or no room for it."""
    text = text.strip().translate(_QUOTING)
    if not text or not longest:
        return ""
    if len(text) > longest:
        text = f"{text[:longest]}……（后文略）"
    return f"<资料 类别={kind}｜{_inline(title)}>\n{text}\n</资料>"


def _inline(text: str) -> str:
    """Return a text on one line, its own quoting marks made harmless."""
    return re.sub(r"\s+", " ", text).strip().translate(_QUOTING)
