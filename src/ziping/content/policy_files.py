"""Policy documents as files (政策文件): front matter, one heading an article, 问法 below it."""

import re
from datetime import date
from pathlib import Path
from typing import Literal

from ziping.content.located import Located, at_line, read_text
from ziping.content.strict_yaml import load_yaml
from ziping.content.validation import validate
from ziping.domain.errors import ContentError
from ziping.domain.model import Record
from ziping.domain.policy import Clause, PolicyDocument
from ziping.domain.rules import CERTAINTY_TITLES, Certainty

_FENCE = "---"
_QUESTIONS = ("问法：", "问法:")
_CERTAINTY = re.compile(r"certainty\s*[:：]\s*(\S*)\s*$")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class _FrontMatter(Record):
    """What stands between the two `---` lines of a policy file (文件信息)."""

    id: str
    title: str
    """标题."""
    number: str = ""
    """文号."""
    issuer: str = ""
    """印发机关."""
    date: str = ""
    """印发日期."""
    status: Literal["现行", "已废止", "实务", "本系统默认", "待核实"]
    """状态."""
    jurisdiction: str
    """适用地区."""
    certainty: Certainty
    """把握程度."""
    text_seen: Literal["full", "partial", "none"]
    """正文是否见到."""
    source: str = ""
    """来源."""


class LocatedDocument(Record):
    """A policy document with the line of each of its clauses (政策文件及行号)."""

    document: PolicyDocument
    name: str
    """The file as messages call it."""
    lines: dict[str, int]
    """Clause id -> line of its heading."""


def load_policy(path: Path, name: str) -> LocatedDocument:
    """Return the document a file describes; mistakes name file, line and remedy."""
    lines = read_text(path, name).split("\n")
    front, body_at = _front_matter(lines, name)
    matter = validate(_FrontMatter, front)
    if matter.id != path.stem or not _ID.fullmatch(matter.id):
        raise ContentError(
            f"id“{matter.id}”与文件名“{path.stem}”不一致",
            where=front.where(("id",)),
            remedy="请让 id 与文件名相同，只用小写字母、数字和 -",
        )
    _check_date(matter.date, front)
    blocks = _articles(lines, body_at, name)
    if not blocks:
        raise ContentError(
            "没有任何条款", where=at_line(name, body_at + 1), remedy="请用“## 第X条 短标题”开始一条"
        )
    clauses: dict[str, Clause] = {}
    places: dict[str, int] = {}
    for at, block in blocks:
        clause = _clause(matter.id, block, at, name)
        if clause.id in clauses:
            raise ContentError(
                f"条款“{clause.article}”重复，第 {places[clause.id]} 行已经写过",
                where=at_line(name, at),
                remedy="请合并为一条，或改用不同的条号",
            )
        clauses[clause.id], places[clause.id] = clause, at
    document = PolicyDocument(clauses=tuple(clauses.values()), **matter.model_dump())
    return LocatedDocument(document=document, name=name, lines=places)


def _front_matter(lines: list[str], name: str) -> tuple[Located, int]:
    """Return the front matter and the index of the first line after it."""
    if lines[0].strip() != _FENCE:
        raise ContentError(
            "文件没有以“---”开头的文件信息",
            where=at_line(name, 1),
            remedy="请在第一行写“---”，接着写 id、title 等，再用一行“---”结束",
        )
    ends = [at for at, line in enumerate(lines[1:], start=1) if line.strip() == _FENCE]
    if not ends:
        raise ContentError(
            "文件信息没有结束的“---”",
            where=at_line(name, 1),
            remedy="请在 source 一行之后补上“---”",
        )
    # The opening fence becomes a blank line, so that line numbers stay those of the file.
    return load_yaml("\n".join(["", *lines[1 : ends[0]]]), name), ends[0] + 1


def _check_date(text: str, front: Located) -> None:
    """Refuse a date that is no date."""
    try:
        date.fromisoformat(text or "2020-01-01")
    except ValueError:
        raise ContentError(
            f"date（印发日期）写的是“{text}”",
            where=front.where(("date",)),
            remedy="请写成 2020-02-25 这样的日期，不知道就留空",
        ) from None


def _articles(lines: list[str], start: int, name: str) -> list[tuple[int, list[str]]]:
    """Return each article's lines with the line number of its heading."""
    blocks: list[tuple[int, list[str]]] = []
    for number, line in enumerate(lines[start:], start=start + 1):
        text = line.strip()
        if text.startswith("## "):
            blocks.append((number, [text[3:].strip()]))
        elif text.startswith("#"):
            raise ContentError(
                f"标题级别不对：“{text}”",
                where=at_line(name, number),
                remedy="条款标题只用“## 第X条 短标题”",
            )
        elif blocks:
            blocks[-1][1].append(text)
        elif text:
            raise ContentError(
                "第一条之前有不属于任何条款的文字",
                where=at_line(name, number),
                remedy="请移到“## 第X条 短标题”之下，或写进文件信息",
            )
    return blocks


def _clause(document_id: str, block: list[str], at: int, name: str) -> Clause:
    """Return the clause that a heading and the lines below it describe."""
    article, _, title = block[0].partition(" ")
    rest = [(at + offset, text) for offset, text in enumerate(block[1:], start=1) if text]
    if not title.strip():
        raise ContentError(
            f"条款“{article}”没有短标题",
            where=at_line(name, at),
            remedy="请写成“## 第十六条 自评方法”，中间空一格",
        )
    certainty = _certainty(rest, at, name)
    text: list[str] = []
    questions: list[str] = []
    is_question = False
    for number, line in rest[1:]:
        if line in _QUESTIONS:
            is_question = True
        elif not is_question:
            text.append(line)
        elif line.startswith("- "):
            questions.append(line[2:].strip())
        else:
            raise ContentError(
                "问法里的每一行都要以“- ”开头", where=at_line(name, number), remedy="请补上“- ”"
            )
    if not text:
        raise ContentError(
            f"条款“{article}”没有正文", where=at_line(name, at), remedy="请用自己的话写一段转述"
        )
    return Clause(
        id=f"{document_id}#{article}",
        article=article,
        title=title.strip(),
        text="\n".join(text),
        certainty=certainty,
        questions=tuple(questions),
    )


def _certainty(rest: list[tuple[int, str]], at: int, name: str) -> Certainty:
    """Return the certainty that must stand on the first line below a heading."""
    match = _CERTAINTY.fullmatch(rest[0][1]) if rest else None
    if match and match[1] in set(Certainty):
        return Certainty(match[1])
    choices = "、".join(f"{one.value}（{CERTAINTY_TITLES[one]}）" for one in Certainty)
    raise ContentError(
        f"把握程度不能写“{match[1]}”" if match else "条款标题下面缺少“certainty: …”",
        where=at_line(name, rest[0][0] if rest else at),
        remedy=f"可选：{choices}",
    )
