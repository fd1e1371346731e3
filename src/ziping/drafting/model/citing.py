"""Which clauses may be cited in a report, and how the citation reads (引用)."""

from collections.abc import Iterable

from ziping.domain.library import LibraryClause
from ziping.domain.rules import Certainty
from ziping.drafting.context import DraftContext
from ziping.drafting.model.resolve import Citable

_UNCITABLE = frozenset({"实务", "本系统默认", "已废止", "待核实"})
_EVERYWHERE = frozenset({"全国", "中央", ""})


def citable_clauses(evidence: Iterable[LibraryClause], context: DraftContext) -> dict[str, Citable]:
    """Return the clauses a report may rest on, by the id a model writes."""
    return {one.id: _citable(one, context) for one in evidence if _may_stand(one, context)}


def _may_stand(clause: LibraryClause, context: DraftContext) -> bool:
    """Whether a clause is in force where the report is made, or belongs to its rule set."""
    if clause.document_id in context.rule_set.documents:
        return clause.status not in _UNCITABLE
    place = clause.jurisdiction
    applies = place in _EVERYWHERE or place in context.report.place
    return applies and clause.status not in _UNCITABLE


def _citable(clause: LibraryClause, context: DraftContext) -> Citable:
    """Return a clause's citation, down to the article only where its text was seen."""
    document = context.documents.get(clause.document_id)
    if document is not None:
        title = f"《{document.title}》" if document.title else ""
        citation = document.citation
    else:
        title = f"《{clause.document.strip('《》')}》" if clause.document != clause.number else ""
        number = f"（{clause.number}）" if title and clause.number else clause.number
        citation = f"{title}{number}"
    if clause.certainty is Certainty.SEEN and clause.article.startswith(("第", "附件")):
        return Citable(clause.id, f"{citation}{clause.article}", title)
    return Citable(clause.document_id, citation, title)
