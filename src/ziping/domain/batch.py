"""Many reports made at once: what is asked for, and what became of each (批量).

A source is a file that was handed in, an item is one report to be made of it. Both have a key: a
hash of everything that goes into them, so that work that was interrupted is taken up exactly where
it was.
"""

from typing import Annotated, Literal

from pydantic import Field

from ziping.domain.model import Record

Key = Annotated[str, Field(pattern=r"^[0-9a-f]{24}(-[0-9]{1,6})?$")]
"""Hash of a source's inputs; of an item, with the number of the table in it."""


class BatchOptions(Record):
    """What goes before what the files state (批量设置)."""

    place: str = ""
    """地区; blank: as the files state."""
    year: int | None = None
    """财政年度; None: as the files state."""
    rules: str = ""
    """Id of a rule set for all; blank: place and year decide."""


class SourceEntry(Record):
    """A file that has been read (来源文件)."""

    kind: Literal["source"] = "source"
    key: Key
    name: str
    """Path below the folder that was handed in."""
    items: tuple[Key, ...] = ()
    """One a report, in the file's order."""
    error: str = ""
    """Why nothing could be read, in Chinese."""
    is_final: bool = True
    """Whether reading it again would give the same."""


class BatchProject(Record):
    """A project's line in the roll-up (汇总行); amounts in 万元 and points in plain digits."""

    unit: str
    department: str
    name: str
    fiscal_year: int
    initial_budget: str
    annual_budget: str
    received: str
    executed: str
    execution_rate: str
    """E.g. 96.85%; blank when not defined."""
    levels: dict[str, str]
    """已定分 by level-1 dimension, the execution rate first."""
    total: str
    """总分; blank while undetermined."""
    grade: str
    open: str
    """What a total that is not determined may come to, in Chinese; blank when it is."""
    errors: int
    warnings: int
    notes: int
    missing: int
    """Things still to be obtained."""


class TodoLine(Record):
    """Something a unit has to do before its report can be final (待办)."""

    kind: Literal["还缺", "错误", "请核对", "未读入"]
    project: str
    what: str
    where: str
    why: str
    remedy: str
    """What to do."""
    ask: str = ""
    """Whom to ask."""
    points: str = ""
    """Points that hang on it."""


class MadeFile(Record):
    """A file that was made (生成的文件)."""

    name: str
    """Path below the output folder; before it has its place, the name it would like."""
    sha256: str
    waiting: str
    """Path below the folder of unfinished files, until it has its place."""


class ItemEntry(Record):
    """What became of one report (一份报告的结果)."""

    kind: Literal["item"] = "item"
    key: Key
    source: str
    """Name of the file it came from."""
    label: str = ""
    """Where in that file, e.g. 工作表“自评表2”."""
    unit: str = ""
    projects: tuple[BatchProject, ...] = ()
    files: tuple[MadeFile, ...] = ()
    """Word, then Excel; empty when it failed."""
    todos: tuple[TodoLine, ...] = ()
    error: str = ""
    """Why it could not be made, in Chinese."""
    is_final: bool = True
    """Whether making it again would give the same."""
