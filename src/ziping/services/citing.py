"""Clauses named as people cite them, never by their ids."""

from ziping.content.library import Content
from ziping.domain.errors import ZipingError
from ziping.services.scored import ScoredReport


def citation_of(content: Content, clause_id: str) -> str:
    """Return a clause as people cite it, e.g. 财预〔2020〕10号 第十六条; blank for no clause."""
    if not clause_id:
        return ""
    try:
        document = content.document_of(clause_id)
    except ZipingError:
        return clause_id
    article = clause_id.partition("#")[2]
    return " ".join(part for part in (document.number or document.title, article) if part)


def citations_of(content: Content, scored: ScoredReport) -> dict[str, str]:
    """Return the citations of every clause that scores and findings of a report rest on."""
    lines = (line.trace.clause for sheet in scored.sheets for line in sheet.lines)
    found = (one.clause for one in scored.findings)
    return {one: citation_of(content, one) for one in dict.fromkeys((*lines, *found)) if one}
