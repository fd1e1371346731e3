"""Writing 审核意见 as a Word file in the official layout."""

from collections.abc import Iterator, Sequence

from ziping.documents import opinion_rows as rows
from ziping.documents.word import zipped
from ziping.documents.word_listing import listing_xml
from ziping.documents.word_parts import CORE_PART, MAIN_PART
from ziping.documents.word_skeleton import FINAL, Skeleton, own_skeleton
from ziping.documents.word_xml import NAMESPACES, XML_HEAD, RunWriter, attribute, paragraph
from ziping.domain.opinion import Opinion

_ABOUT = "urn:ziping:opinion:1"


def write_opinion_word(opinion: Opinion) -> bytes:
    """Return an opinion as a .docx."""
    skeleton, writer = own_skeleton(FINAL), RunWriter()
    body = "".join(_body(opinion, skeleton, writer)) + skeleton.body_section
    document = f"{XML_HEAD}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
    about = (
        f'{XML_HEAD}<opinion xmlns="{_ABOUT}" version="{opinion.report_version}" '
        f'made="{opinion.at.isoformat()}"/>'
    )
    core = (
        f"{XML_HEAD}<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{attribute(f'关于{opinion.report_title}的审核意见')}</dc:title>"
        f"<dc:creator>{attribute(opinion.reviewer.name)}</dc:creator></cp:coreProperties>"
    )
    parts = skeleton.parts | {
        MAIN_PART: document.encode(),
        CORE_PART: core.encode(),
        skeleton.manifest_part: about.encode(),
    }
    return zipped(parts, opinion.at)


def _body(opinion: Opinion, skeleton: Skeleton, writer: RunWriter) -> Iterator[str]:
    """Yield title, chapters and signature."""
    ids = skeleton.style_ids
    title = writer.runs(f"关于{opinion.report_title}的", "title")
    title += writer.special("<w:br/>", "title") + writer.runs("审核意见", "title")
    yield paragraph(ids["Title"], title)
    for number, (heading, content) in enumerate(_chapters(opinion, skeleton, writer)):
        words = f"{'一二三四五六'[number]}、{heading}"
        yield paragraph(ids["Heading1"], writer.runs(words, "heading1"), "<w:keepNext/>")
        yield content
    signed = (f"审核人：{opinion.reviewer.name}（{opinion.role}）", rows.local(opinion.at)[:10])
    for text in signed:
        right = '<w:jc w:val="right"/>'
        yield paragraph(ids["ZipingBody"], writer.runs(text, "body"), right)


def _chapters(opinion: Opinion, skeleton: Skeleton, writer: RunWriter) -> Iterator[tuple[str, str]]:
    """Yield heading and content of each chapter."""

    def prose(*texts: str) -> str:
        style = skeleton.style_ids["ZipingBody"]
        return "".join(paragraph(style, writer.runs(one, "body")) for one in texts)

    def listing(titles: Sequence[str], shares: Sequence[float], found: rows.Rows, none: str) -> str:
        if not found:
            return prose(none) if none else ""
        widths = dict(zip(titles, shares, strict=True))
        return listing_xml(widths, found, skeleton, writer) + prose("")

    yield (
        "审核结论",
        prose(
            opinion.conclusion,
            f"审核对象为{opinion.unit}{opinion.fiscal_year}年度自评报告第{opinion.round}版"
            f"（数据第{opinion.report_version}版）。",
        ),
    )
    yield (
        "得分对照",
        (
            prose(_score_words(opinion))
            + listing(rows.SCORE_TITLES, (20, 26, 11, 12, 11, 12), rows.scores(opinion), "")
        ),
    )
    shares = (16, 18, 15, 15, 10, 26)
    yield (
        "数据比对",
        (
            prose(f"审核数据：{rows.figures_words(opinion)}。{rows.counts_words(opinion)}。")
            + listing(rows.DIFFERENCE_TITLES, shares, rows.differences(opinion), "")
        ),
    )
    shares_found = (8, 17, 30, 20, 25)
    found = rows.findings(opinion)
    yield "校验发现", listing(rows.FINDING_TITLES, shares_found, found, "没有发现问题。")
    said = rows.comments(opinion)
    yield "批注", listing(rows.COMMENT_TITLES, (20, 38, 20, 22), said, "没有批注。")
    moves = rows.steps(opinion)
    yield "办理经过", listing(rows.STEP_TITLES, (18, 12, 14, 28, 28), moves, "还没有送审。")


def _score_words(opinion: Opinion) -> str:
    """Return both sides' totals and grades in one sentence."""
    if not opinion.scores:
        return "没有审核数据，未作得分对照。"
    totals = [one for one in opinion.scores if one.is_result and one.label in ("总分", "等级")]
    words = "，".join(
        f"{one.label}草稿为{one.left_points}、审核为{one.right_points}" for one in totals[:2]
    )
    how = (
        "审核数据不全，缺的部分用草稿数据补足后计分"
        if opinion.is_overlaid
        else "两方各按自己的数据计分"
    )
    grades = [one for one in opinion.scores if one.label == "等级"]
    changed = "，等级因此不同" if any(not one.is_equal for one in grades) else ""
    more = "（其余项目见下表）" if len(totals) > len(totals[:2]) else ""
    return f"{how}：{words}{more}{changed}。"
