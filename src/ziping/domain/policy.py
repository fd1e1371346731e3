"""Policy documents and their clauses (政策文件、条款)."""

from ziping.domain.model import Record
from ziping.domain.rules import Certainty


class Clause(Record):
    """One article of a document, digested (条款)."""

    id: str
    """`<document id>#<article>`."""
    article: str
    """第十六条, 附件1, or a short noun where articles are unknown."""
    title: str
    text: str
    certainty: Certainty
    questions: tuple[str, ...] = ()
    """问法: ways people ask for it."""


class PolicyDocument(Record):
    """A document of the policy library (政策文件)."""

    id: str
    title: str
    """Without 《》; blank when nobody here has seen it."""
    number: str
    """文号; blank if it has none."""
    issuer: str
    date: str
    """ISO date or blank when unknown."""
    status: str
    """现行, 已废止, 实务, 本系统默认, 待核实."""
    jurisdiction: str
    certainty: Certainty
    text_seen: str
    """full, partial or none (正文未见)."""
    source: str
    clauses: tuple[Clause, ...]

    @property
    def citation(self) -> str:
        """《title》（number）, as official prose cites it.

        Book marks stand around titles of documents only: not around practice or our defaults,
        and not where nobody has seen the title (a number alone is cited then).
        """
        if self.status in ("实务", "本系统默认"):
            return self.title
        name = f"《{self.title}》" if self.title else ""
        number = f"（{self.number}）" if self.title and self.number else self.number
        return f"{name}{number}"
