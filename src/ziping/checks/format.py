"""Texts that would look wrong or act in a file (格式)."""

import re
from collections.abc import Iterator

from ziping.checks.found import ERROR, NOTE, TABLE, WARNING, found
from ziping.checks.subject import Subject
from ziping.domain.findings import Finding, Severity

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\ufeff\ufffd]")
_BOOKMARK = re.compile(r"\[bookmark:|_Toc\d{3,}")
_FORMULA = re.compile(r"[=+\-@]\s*[A-Za-z@]")
_LIMITS = {"name": 200, "level3": 100, "target": 200, "actual": 300, "deviation": 1000}
"""Characters that fit the printed table."""


def _texts(subject: Subject) -> Iterator[tuple[str, str, str]]:
    """Yield path, words and text of every text cell."""
    one = subject.evaluation
    for field, word in (
        ("name", "项目支出名称"),
        ("competent_department", "主管部门"),
        ("implementing_unit", "实施单位"),
        ("adjustment_basis", "预算调整依据"),
    ):
        yield field, word, getattr(one, field)
    for number, objective in enumerate(one.objectives, 1):
        yield f"objectives/{number}/expected", "预期目标", objective.expected
        yield f"objectives/{number}/achieved", "实际完成情况", objective.achieved
    for line in subject.lines:
        for field, word in (
            ("level2", "二级指标"),
            ("level3", "三级指标"),
            ("target", "年度指标值"),
            ("actual", "实际完成值"),
            ("deviation", "偏差原因分析及改进措施"),
        ):
            path = f"indicators/{line.indicator.id}/{field}"
            yield path, f"{line.name} · {word}", getattr(line.indicator, field)


def texts(subject: Subject) -> Iterator[Finding]:
    """Report control characters, formulas and texts too long for the table."""
    for path, words, text in _texts(subject):
        for rule, severity, title, message, remedy in _problems(path, text):
            yield found(
                rule,
                severity,
                subject.at(path, words),
                title=title,
                message=f"“{words}”{message}",
                why="自评表要能打印、能导入财政平台，也不能在别人的电脑上执行内容。",
                clause=TABLE,
                remedy=remedy,
            )


def _problems(path: str, text: str) -> Iterator[tuple[str, Severity, str, str, str]]:
    limit = _LIMITS.get(path.rsplit("/", 1)[-1])
    if _CONTROL.search(text) or _BOOKMARK.search(text):
        yield (
            "format.control",
            WARNING,
            "夹带不可见字符",
            "里有不可见的控制字符或 Word 书签残留，多半是粘贴带进来的。",
            "请清空后重新输入，或用“只粘贴文本”。",
        )
    if _FORMULA.match(text.strip()):
        yield (
            "format.formula",
            ERROR,
            "内容像表格公式",
            f"以“{text.strip()[:1]}”开头，在 Excel 里会被当成公式执行。",
            "请去掉开头的符号，只写文字。",
        )
    if limit is not None and len(text) > limit:
        yield (
            "format.long",
            NOTE,
            "内容太长",
            f"有 {len(text)} 字，超过表格能容的 {limit} 字。",
            "请写要点，细节放进报告正文。",
        )


RULES = (texts,)
