"""YAML read strictly: every scalar is text, and nothing is hidden from the reader of a file.

Duplicate keys, anchors, aliases, merge keys, tags and further documents are refused. PyYAML's
parser (the C one where it is built) gives events only; no object is ever constructed from a tag.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from ziping.content.located import (
    MAX_BYTES,
    MAX_DEPTH,
    Located,
    Path_,
    Value,
    at_line,
    read_text,
)
from ziping.domain.errors import ContentError, ZipingError

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_HINTS = (
    ("found character '\\t'", "缩进请用空格，不要用 Tab 键"),
    ("cannot start any token", "缩进请用空格不用 Tab；以 @、`、% 等符号开头的文字请加引号"),
    ("mapping values are not allowed", "文字里含有“: ”时请给整段文字加上引号，并核对缩进"),
    ("could not find expected ':'", "键的后面要有半角冒号和一个空格，如“unit: 某单位”"),
    ("unexpected end of stream", "引号没有配对，请补上后一个引号"),
    ("did not find expected", "缩进没有对齐，或括号、引号没有配对，请对照上一行检查"),
    ("found unknown escape", "双引号里的反斜杠请写成“\\\\”，或改用单引号"),
    ("control characters", "文件里有看不见的控制字符，请删去后重新输入这一处"),
    ("undefined alias", "以 * 开头的文字请加引号"),
)


def load_yaml(
    source: Path | str, name: str = "", error: type[ZipingError] = ContentError
) -> Located:
    """Read one YAML document from a path or a text.

    Args:
        source: A path, or the text itself.
        name: How messages call the file; the path when left out.
        error: The kind of mistake to raise.
    """
    if isinstance(source, Path):
        name = name or source.name
        source = read_text(source, name, error)
    name = name or "输入内容"
    if len(source) > MAX_BYTES:
        raise error("内容太长", where=name, remedy="请拆成几个文件")
    reader = _Reader(source, name, error)
    try:
        return Located(name, reader.document(), reader.lines, error)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        line = mark.line + 1 if mark else 1
        raise _syntax_error(str(problem), at_line(name, line), error) from None
    except (yaml.YAMLError, UnicodeEncodeError) as problem:
        raise _syntax_error(f"control characters {problem}", name, error) from None


def _syntax_error(problem: str, where: str, error: type[ZipingError]) -> ZipingError:
    """Return the parser's complaint in Chinese."""
    remedy = next(
        (hint for words, hint in _HINTS if words in problem), "请核对这一行及上一行的写法"
    )
    return error("YAML 写法有误", where=where, remedy=remedy)


class _Reader:
    """Builds the values of one document from the parser's events."""

    def __init__(self, text: str, name: str, error: type[ZipingError]) -> None:
        self._events: Iterator[Any] = yaml.parse(text, Loader=_Loader)
        self._name = name
        self._error = error
        self.lines: dict[Path_, int] = {}

    def document(self) -> Value:
        """Return the only document's value; an empty file is an empty mapping."""
        next(self._events)  # the stream begins
        event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            return {}
        value = self._value(next(self._events), ())
        next(self._events)  # the document ends
        event = next(self._events)
        if not isinstance(event, yaml.StreamEndEvent):
            raise self._refuse(
                event, "一个文件里有多份内容（---）", "请拆成几个文件，或删去多余的“---”"
            )
        return value

    def _value(self, event: Any, path: Path_) -> Value:  # noqa: ANN401 - events share no typed base
        """Return the value that begins with an event."""
        self._check_plain(event)
        self.lines.setdefault(path, event.start_mark.line + 1)
        if len(path) > MAX_DEPTH:
            raise self._refuse(event, "层级太深", "请减少嵌套")
        if isinstance(event, yaml.ScalarEvent):
            text: str = event.value
            return "" if not event.style and text in _NOTHING else text
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return self._mapping(path)

    def _sequence(self, path: Path_) -> list[Value]:
        """Return the items up to the end of a list."""
        items: list[Value] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items))))
        return items

    def _mapping(self, path: Path_) -> dict[str, Value]:
        """Return the entries up to the end of a mapping."""
        entries: dict[str, Value] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            self._check_plain(event)
            line: int = event.start_mark.line + 1
            if not isinstance(event, yaml.ScalarEvent):
                raise self._refuse(event, "键必须是一个词", "以 { 或 [ 开头的文字请加引号")
            key: str = event.value
            here = (*path, key)
            if key == "<<" and not event.style:
                raise self._refuse(event, "不允许合并键“<<”", "请把内容完整写出来")
            if key in entries:
                raise self._refuse(
                    event,
                    f"键“{key}”重复，第 {self.lines[here]} 行已经写过",
                    "请删去其中一个，每个键只写一次",
                )
            self.lines[here] = line
            entries[key] = self._value(next(self._events), here)
        return entries

    def _check_plain(self, event: Any) -> None:  # noqa: ANN401 - events share no typed base
        """Refuse what hides from the reader what a file says."""
        if isinstance(event, yaml.AliasEvent):
            raise self._refuse(
                event, f"不允许引用“*{event.anchor}”", "请把内容写全；星号开头的文字请加引号"
            )
        if getattr(event, "anchor", None) is not None:
            raise self._refuse(
                event, f"不允许锚点“&{event.anchor}”", "请删去；& 开头的文字请加引号"
            )
        if getattr(event, "tag", None) is not None:
            raise self._refuse(event, f"不允许标签“{event.tag}”", "请删去；! 开头的文字请加引号")

    def _refuse(self, event: Any, what: str, remedy: str) -> ZipingError:  # noqa: ANN401
        """Return the mistake at an event."""
        where = at_line(self._name, event.start_mark.line + 1)
        return self._error(what, where=where, remedy=remedy)
