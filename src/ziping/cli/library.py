"""`search` and `knowledge`: the policy library."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from ziping.bootstrap import open_library
from ziping.cli.acting import opened_workspace
from ziping.cli.chinese import ChineseCommand, ChineseGroup, WholeNumber
from ziping.cli.echoing import echo
from ziping.cli.inputs import json_option
from ziping.cli.printing import echo_json, table
from ziping.cli.root import DONE
from ziping.domain.errors import InputError
from ziping.domain.library import LibraryFilter, Origin, SearchResult
from ziping.domain.rules import CERTAINTY_TITLES
from ziping.services import comparing, library_answers, originals
from ziping.services import library as use
from ziping.services.importing import read_bytes
from ziping.services.library import STATUSES, Library

_SHOWN = 120
_ORIGINS = tuple(one.value for one in Origin)


@contextmanager
def _opened() -> Iterator[Library]:
    """Yield the library of this machine, and close its index and database afterwards."""
    with opened_workspace() as workspace, closing(open_library(workspace)) as library:
        yield library


@click.command(cls=ChineseCommand, help="检索政策条款：可以问一句话，也可以写文号、条号或关键词。")
@click.argument("query", metavar="QUERY", nargs=-1, required=True, help="问题、关键词、文号或条号")
@click.option("-k", metavar="N", type=WholeNumber(1, use.MAX_HITS), default=10, help="条数，默认10")
@click.option("--status", "statuses", metavar="状态", multiple=True, help="只看这种状态，可写多次")
@click.option("--place", "places", metavar="地区", multiple=True, help="只看全国和这个地区")
@click.option("--origin", "origins", metavar="来源", multiple=True, help="只看“原文”或“转述”")
@click.option("--on", "day", metavar="日期", default="", help="只看这一天之前印发的，如 2023-12-31")
@json_option
def search(  # noqa: PLR0913 - one parameter an option
    query: tuple[str, ...],
    *,
    k: int,
    statuses: tuple[str, ...],
    places: tuple[str, ...],
    origins: tuple[str, ...],
    day: str,
    as_json: bool,
) -> int:
    """Print the clauses that answer a question."""
    where = _filter(statuses, places, origins, day)
    with _opened() as library:
        found = use.search(library, " ".join(query), k, where)
    if as_json:
        answer = library_answers.SearchAnswer(tuple(map(library_answers.hit_answer, found.hits)))
        echo_json(answer)
    elif found.hits:
        echo(_found_text(found))
    for notice in found.notices:
        echo(f"提示：{notice}。", err=True)
    return DONE


def _filter(
    statuses: Sequence[str], places: Sequence[str], origins: Sequence[str], day: str
) -> LibraryFilter:
    """Return which clauses may be found; InputError for a word that is none of the choices."""
    for said, known in ((statuses, STATUSES), (origins, _ORIGINS)):
        for one in said:
            if one not in known:
                raise InputError(f"没有“{one}”这种写法", remedy=f"可选：{'、'.join(known)}")
    try:
        on = date.fromisoformat(day).isoformat() if day else ""
    except ValueError:
        raise InputError(f"日期写的是“{day}”", remedy="请写成 2023-12-31 这样") from None
    return LibraryFilter(
        statuses=tuple(statuses),
        jurisdictions=tuple(places),
        origins=tuple(Origin(one) for one in origins),
        in_force_on=on,
    )


def _found_text(found: SearchResult) -> str:
    """Return hits as people read them."""
    blocks = []
    for number, hit in enumerate(found.hits, 1):
        clause = hit.clause
        page = f"  第{clause.page}页" if clause.page else ""
        same = f"  同条{hit.same.origin.value} {hit.same.id}" if hit.same else ""
        text = " ".join(clause.text.split())
        blocks.append(
            f"{number}. {use.citation(clause)} {clause.article}  {clause.title}{page}\n"
            f"   [{clause.status}] [{clause.origin.value}] [{CERTAINTY_TITLES[clause.certainty]}]"
            f"  {clause.id}{same}\n"
            f"   {text[:_SHOWN]}{'…' if len(text) > _SHOWN else ''}"
        )
    return "\n\n".join(blocks)


@click.group(cls=ChineseGroup, help="管理知识库：添加、查看、移除原文，核对转述，重建索引。")
def knowledge() -> None:
    """Hold the commands."""


@knowledge.command(help="添加文件原文（docx、带文字的 pdf、md、txt）")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path), help="要添加的文件")
@click.option("--title", metavar="标题", help="标题，不写则从文件里识别")
@click.option("--number", metavar="文号", help="文号")
@click.option("--issuer", metavar="机关", help="发文机关")
@click.option("--date", "day", metavar="日期", help="印发日期，如 2020-02-25")
@click.option("--status", metavar="状态", help="现行或已废止，默认现行")
@click.option("--place", metavar="地区", help="适用地区")
@click.option("--repeal", metavar="ID", multiple=True, help="同时把这份旧版标为已废止，可写多次")
@click.option("--dry-run", is_flag=True, help="只看识别结果，不添加")
@json_option
def add(  # noqa: PLR0913 - one parameter an option
    file: Path,
    *,
    title: str | None,
    number: str | None,
    issuer: str | None,
    day: str | None,
    status: str | None,
    place: str | None,
    repeal: tuple[str, ...],
    dry_run: bool,
    as_json: bool,
) -> int:
    """Add an original."""
    said = {
        "title": title,
        "number": number,
        "issuer": issuer,
        "date": day,
        "status": status,
        "jurisdiction": place,
    }
    with _opened() as library:
        preview = originals.preview_original(library.workspace, read_bytes(file), file.name)
        given = {name: value for name, value in said.items() if value is not None}
        details = originals.checked(replace(preview.details, **given))
        _tell_preview(preview, details)
        if dry_run:
            echo("只是预览，没有添加。", err=True)
            return DONE
        added = originals.add_original(library, preview, details, repeal=repeal)
        line = use.find_document(library.workspace, added.id)
        library.finish()
    if as_json:
        echo_json(library_answers.document_answer(line))
    else:
        echo(f"已添加：{line.id}《{line.title}》，{line.clause_count} 条。")
    if added.digest_id:
        echo(
            f"提示：系统里有这份文件的转述，用 ziping knowledge verify {added.id} 逐条核对。",
            err=True,
        )
    return DONE


def _tell_preview(preview: originals.OriginalPreview, details: originals.OriginalDetails) -> None:
    """Tell on stderr what was recognised, for correction by options."""
    told = (
        ("标题", details.title),
        ("文号", details.number),
        ("发文机关", details.issuer),
        ("日期", details.date),
        ("状态", details.status),
        ("适用地区", details.jurisdiction),
        ("条款", f"{len(preview.parts)} 条，{'；'.join(preview.notes)}"),
    )
    for name, value in told:
        echo(f"{name}：{value or '（没有识别出来）'}", err=True)
    for older in preview.older:
        echo(
            f"提示：已有同一文件的另一版 {older.id}《{older.title}》（{older.status}）；"
            f"要把它标为已废止，加 --repeal {older.id}。",
            err=True,
        )


@knowledge.command(name="list", help="列出全部文件")
@json_option
def list_documents(*, as_json: bool) -> int:
    """Print every document."""
    with _opened() as library:
        documents = use.list_documents(library.workspace)
    if as_json:
        answer = library_answers.DocumentList(
            documents=tuple(map(library_answers.document_answer, documents))
        )
        echo_json(answer)
        return DONE
    rows = [
        (
            one.id,
            one.origin.value,
            one.status,
            "已核对" if one.check else one.certainty,
            str(one.clause_count),
            one.number,
            one.title,
        )
        for one in documents
    ]
    headings = ("编号", "来源", "状态", "把握", "条数", "文号", "标题")
    echo(table(headings, rows, ("<", "<", "<", "<", ">")))
    return DONE


@knowledge.command(help="显示一份文件的全部条款")
@click.argument("document_id", metavar="ID", help="文件编号，见 knowledge list")
@json_option
def show(document_id: str, *, as_json: bool) -> int:
    """Print a document with its clauses."""
    with _opened() as library:
        clauses = use.document_clauses(library.workspace, document_id)
        line = use.find_document(library.workspace, document_id)
    if as_json:
        shown = tuple(
            library_answers.ClauseAnswer(
                **one.model_dump(include={"id", "article", "title", "text", "page"}),
                certainty=CERTAINTY_TITLES[one.certainty],
            )
            for one in clauses
        )
        echo_json(
            library_answers.DocumentShown(
                document=library_answers.document_answer(line), clauses=shown
            )
        )
        return DONE
    number = f"（{line.number}）" if line.number else ""
    echo(f"《{line.title}》{number}\n{line.status}  {line.origin.value}  {line.certainty}")
    for one in clauses:
        echo(f"\n{one.article}  {one.title}\n{one.text}")
    return DONE


@knowledge.command(help="移除一份添加过的原文，索引随即更新")
@click.argument("original_id", metavar="ID", help="原文编号，如 o3")
def remove(original_id: str) -> int:
    """Remove an original."""
    with _opened() as library:
        gone = originals.remove_original(library, original_id)
    echo(f"已移除：{gone.id}《{gone.title}》，{gone.clause_count} 条。")
    return DONE


@knowledge.command(help="改一份原文的状态：现行、已废止或待核实")
@click.argument("original_id", metavar="ID", help="原文编号，如 o3")
@click.argument("new_status", metavar="STATUS", help="现行、已废止或待核实")
def status(original_id: str, new_status: str) -> int:
    """Change an original's status."""
    with _opened() as library:
        one = originals.set_status(library, original_id, new_status)
    echo(f"{one.id}《{one.title}》现在是：{one.status}")
    return DONE


@knowledge.command(help="按库里的条款重新建立索引")
def rebuild() -> int:
    """Build the index again."""
    with _opened() as library:
        count, notices = use.rebuild(library)
        library.finish()
    for notice in notices:
        echo(f"提示：{notice}", err=True)
    echo(f"索引已重建，共 {count} 条。")
    return DONE


@knowledge.command(help="把转述和原文逐条对照；看过无误后加 --confirm 记为已核对")
@click.argument("original_id", metavar="ID", help="原文编号，如 o3")
@click.option("--confirm", is_flag=True, help="记为已核对，转述从此按“已见原文”显示")
@click.option("--withdraw", is_flag=True, help="撤销核对")
@click.option("--note", metavar="说明", default="", help="核对说明")
@json_option
def verify(original_id: str, *, confirm: bool, withdraw: bool, note: str, as_json: bool) -> int:
    """Print a digest beside its original, and record whether they agree."""
    if confirm and withdraw:
        raise InputError("--confirm 和 --withdraw 只能写一个")
    with _opened() as library:
        if confirm:
            comparing.mark_verified(library.workspace, original_id, note)
        elif withdraw:
            comparing.withdraw_verification(library.workspace, original_id, note)
        compared = comparing.compare_with_digest(library.workspace, original_id)
    if as_json:
        echo_json(library_answers.comparison_answer(compared))
    else:
        echo(_compared_text(compared))
    return DONE


def _compared_text(compared: comparing.Comparison) -> str:
    """Return a comparison as people read it."""
    blocks = [f"转述 {compared.digest.id} 与原文 {compared.original.id} 对照"]
    for row in compared.rows:
        said = row.original.text if row.original else "（原文里没有找到对应的条款）"
        place = f"（按内容对应到 {row.original.article}）" if row.is_guess and row.original else ""
        lines = [row.digest.article, f"转述：{row.digest.text}", f"原文{place}：{said}"]
        if row.figures:
            lines.append(f"请核对：转述里的 {'、'.join(row.figures)} 在原文这一条里没有找到")
        blocks.append("\n".join(lines))
    blocks.append(f"原文另有 {len(compared.undigested)} 条没有转述。")
    check = compared.check
    if compared.is_verified and check:
        blocks.append(f"已核对：{check.by}，{check.at[:10]} {check.note}".rstrip())
    elif check and check.holds:
        blocks.append("转述在核对以后有改动，请重新核对。")
    else:
        blocks.append("还没有核对；无误后加 --confirm。")
    return "\n\n".join(blocks)
