"""JSON read as strictly as YAML: numbers stay text, duplicate keys are refused, lines are kept."""

import json
import re
from bisect import bisect_right
from pathlib import Path

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

_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_SPACE = re.compile(r"[ \t\n\r]*")
_SCALARS = json.JSONDecoder(parse_float=str, parse_int=str)
_WORDS = {"true": "true", "false": "false", "null": ""}


def load_json(
    source: Path | str, name: str = "", error: type[ZipingError] = ContentError
) -> Located:
    """Read one JSON document from a path or a text; arguments as for `load_yaml`."""
    if isinstance(source, Path):
        name = name or source.name
        source = read_text(source, name, error)
    name = name or "输入内容"
    if len(source) > MAX_BYTES:
        raise error("内容太长", where=name, remedy="请拆成几个文件")
    reader = _Reader(source, name, error)
    return Located(name, reader.document(), reader.lines, error)


class _Reader:
    """Walks the text; strings and numbers are read by the standard library's decoder."""

    def __init__(self, text: str, name: str, error: type[ZipingError]) -> None:
        self._text = text
        self._name = name
        self._error = error
        self._breaks = [match.start() for match in re.finditer("\n", text)]
        self._at = 0
        self.lines: dict[Path_, int] = {}

    def document(self) -> Value:
        """Return the value of the whole text."""
        value = self._value(())
        if self._peek():
            raise self._refuse("结尾有多余的内容", "请删去最后一个括号之后的文字")
        return value

    def _value(self, path: Path_) -> Value:
        """Return the value that begins here."""
        char = self._peek()
        self.lines.setdefault(path, self._line())
        if len(path) > MAX_DEPTH:
            raise self._refuse("层级太深", "请减少嵌套")
        if char == "{":
            return self._object(path)
        if char == "[":
            return self._array(path)
        return self._scalar()

    def _object(self, path: Path_) -> dict[str, Value]:
        """Return the entries of an object."""
        entries: dict[str, Value] = {}
        self._at += 1
        while self._peek() != "}":
            if entries:
                self._expect(",")
            if self._peek() != '"':
                raise self._refuse("这里应为一个带双引号的键", "请补上双引号，或删去多余的逗号")
            key = self._scalar()
            here = (*path, key)
            if key in entries:
                raise self._refuse(
                    f"键“{key}”重复，第 {self.lines[here]} 行已经写过",
                    "请删去其中一个，每个键只写一次",
                )
            self.lines[here] = self._line()
            self._expect(":")
            entries[key] = self._value(here)
        self._at += 1
        return entries

    def _array(self, path: Path_) -> list[Value]:
        """Return the items of an array."""
        items: list[Value] = []
        self._at += 1
        while self._peek() != "]":
            if items:
                self._expect(",")
            items.append(self._value((*path, len(items))))
        self._at += 1
        return items

    def _scalar(self) -> str:
        """Return a string, number or word as text."""
        for word, text in _WORDS.items():
            if self._text.startswith(word, self._at):
                self._at += len(word)
                return text
        try:
            if self._peek() in '"-0123456789':
                value, self._at = _SCALARS.raw_decode(self._text, self._at)
                if isinstance(value, str):
                    if _HALF_CHARACTER.search(value):
                        raise self._refuse(
                            "有半个字符", "请重新输入这段文字（\\ud800 一类的转义不完整）"
                        )
                    return value
        except (json.JSONDecodeError, IndexError):
            pass
        raise self._refuse("JSON 写法有误", "请核对引号、逗号和括号是否成对，文字要用半角双引号")

    def _expect(self, char: str) -> None:
        """Step over a mark."""
        if self._peek() != char:
            raise self._refuse(f"这里少了“{char}”", "请对照上一行补上，注意用半角符号")
        self._at += 1

    def _peek(self) -> str:
        """Return the next character that is no space; empty at the end."""
        match = _SPACE.match(self._text, self._at)
        self._at = match.end() if match else self._at
        return self._text[self._at : self._at + 1]

    def _line(self) -> int:
        """Return the line of the present position."""
        return bisect_right(self._breaks, self._at - 1) + 1

    def _refuse(self, what: str, remedy: str) -> ZipingError:
        """Return the mistake at the present position."""
        return self._error(what, where=at_line(self._name, self._line()), remedy=remedy)
