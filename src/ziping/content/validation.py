"""A file's values made into a record; what does not fit is told in Chinese with its line."""

import copy
import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ziping.content.field_titles import home_of, named, owner, spoken, titles
from ziping.content.located import Located, Path_, Value
from ziping.domain.errors import ZipingError

Model = TypeVar("Model", bound=BaseModel)

_SHOWN = 40
_MOST = 6

_PARSING = {
    "int": "应为整数",
    "decimal": "应为数字",
    "finite": "应为数字",
    "float": "应为数字",
    "date": "应为日期，如 2020-02-25",
    "bool": "应为 true 或 false",
    "string": "应为一段文字",
    "tuple": "应为列表，每项前面写“- ”",
    "list": "应为列表，每项前面写“- ”",
    "dict": "应为“键: 值”，冒号用半角并空一格",
    "model": "应为“键: 值”，冒号用半角并空一格",
    "mapping": "应为“键: 值”，冒号用半角并空一格",
}
_LIMITS = {
    "greater_than_equal": ("ge", "不能小于"),
    "greater_than": ("gt", "必须大于"),
    "less_than_equal": ("le", "不能大于"),
    "less_than": ("lt", "必须小于"),
    "string_too_long": ("max_length", "太长，最多字数为"),
    "string_too_short": ("min_length", "太短，最少字数为"),
    "too_long": ("max_length", "太多，最多项数为"),
    "too_short": ("min_length", "太少，最少项数为"),
}


def validate(model: type[Model], located: Located) -> Model:
    """Return the record a file describes.

    A blank value of a field that is no text counts as not given.

    Raises:
        ZipingError: Of the file's own kind; names file, line, what is wrong and what to do.
    """
    try:
        return model.model_validate(located.value)
    except ValidationError as problem:
        blank = [_path(error) for error in problem.errors() if error["input"] == ""]
        if not blank:
            raise told(model, located, problem) from None
    try:
        return model.model_validate(_without(model, located.value, blank))
    except ValidationError as problem:
        raise told(model, located, problem) from None


def _without(model: type[BaseModel], value: Value, paths: list[Path_]) -> Value:
    """Return a copy of a value in which the blanks named count as nothing."""
    value = copy.deepcopy(value)
    for path in paths:
        here: Any = value
        for step in path[:-1]:
            here = here[step]
        if path and isinstance(here, dict):
            record = owner(model, path[:-1])
            field = record.model_fields.get(str(path[-1])) if record else None
            if field and field.is_required():
                here[path[-1]] = None
            else:
                here.pop(path[-1], None)
    return value


def _path(error: Mapping[str, Any]) -> Path_:
    """Return where an error is, without pydantic's own marks."""
    return tuple(step for step in error["loc"] if step != "[key]")


def told(model: type[BaseModel], located: Located, problem: ValidationError) -> ZipingError:
    """Return what pydantic found, in Chinese, the first in the file first."""
    # A key misspelt is also a key missing, so what is missing is told last.
    errors = sorted(
        problem.errors(),
        key=lambda error: (error["type"] == "missing", located.line(_path(error))),
    )
    (what, remedy), *others = (_tell(model, error) for error in errors[:_MOST])
    if others:
        listed = "；".join(
            f"第 {located.line(_path(error))} 行{text}"
            for error, (text, _) in zip(errors[1:], others, strict=False)
        )
        remedy = f"{remedy.rstrip('。')}。此外还有 {len(errors) - 1} 处：{listed}"
    return located.error(what, where=located.where(_path(errors[0])), remedy=remedy)


def _tell(model: type[BaseModel], error: Mapping[str, Any]) -> tuple[str, str]:
    """Return what is wrong and what to do about one error."""
    path = _path(error)
    record = owner(model, path[:-1])
    key = str(path[-1]) if path else ""
    kind: str = error["type"]
    if kind == "extra_forbidden":
        return _tell_unknown(record, key)
    if kind == "missing" or error["input"] is None:
        return f"缺少 {named(record, key)}", f"请在这一段里补上“{key}: …”"
    name = spoken(model, path) or "整个文件"
    if isinstance(path[-1] if path else None, str) and key not in name:
        name = f"{name}（{key}）"
    given = _given(error["input"])
    if kind in ("enum", "literal_error"):
        allowed = re.findall(r"'([^']*)'", error["ctx"]["expected"])
        return f"{name}不能写“{given}”", _choose(given, [one for one in allowed if one])
    return f"{name}写的是“{given}”，{_expected(kind, error.get('ctx', {}))}", _advice(kind, given)


def _tell_unknown(record: type[BaseModel] | None, key: str) -> tuple[str, str]:
    """Return what is wrong with an unknown key, and the nearest known one."""
    known = titles(record) if record else {}
    by_title = {title: name for name, title in known.items() if title}
    near = [
        *get_close_matches(key, known, n=1, cutoff=0.6),
        *(by_title[title] for title in get_close_matches(key, by_title, n=1, cutoff=0.6)),
    ]
    what = f"不认识的键“{key}”"
    if near:
        return what, f"是否想写 {named(record, near[0])}？请改过来"
    if record and (inside := home_of(record, key)):
        return what, f"{inside[1]} 应写在 {inside[0]} 下面，请移过去"
    return what, f"这里可以写：{'、'.join(named(record, name) for name in known)}"


def _choose(given: str, allowed: list[str]) -> str:
    """Return the allowed values, the nearest one first."""
    near = get_close_matches(given, allowed, n=1, cutoff=0.75)
    near = near or [one for one in allowed if len(given) > 1 and given in one]
    listed = f"可选：{'、'.join(allowed)}"
    return f"是否想写 {near[0]}？{listed}" if near else listed


def _expected(kind: str, context: Mapping[str, Any]) -> str:
    """Return what was expected, in Chinese."""
    if kind in _LIMITS:
        name, words = _LIMITS[kind]
        return f"{words} {context.get(name, '')}".rstrip()
    if kind == "string_pattern_mismatch":
        return "应为小写字母开头的编号，只含小写字母、数字、- 和 _，最多 32 个字符"
    if kind == "value_error" and (text := str(context.get("error", ""))) and not text.isascii():
        return text
    start = kind.split("_", maxsplit=1)[0]
    return _PARSING.get(start, "不符合这一项的要求")


def _advice(kind: str, given: str) -> str:
    """Return what to do about a value of the wrong kind."""
    if kind.startswith(("model", "dict", "mapping")) and "：" in given:
        return "请把全角冒号“：”改为半角“: ”"
    if kind.startswith("string_type"):
        return "请写成一行文字；文字里有“: ”或以 [、{ 开头时请加引号"
    if kind.startswith(("decimal", "int", "finite")):
        return "请只写数字，不带单位"
    return "请改正后重试"


def _given(value: object) -> str:
    """Return a value as it can be shown in a message."""
    if isinstance(value, dict):
        return "键: 值"
    if isinstance(value, list | tuple):
        return f"{len(value)} 项的列表"
    text = str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}……"
