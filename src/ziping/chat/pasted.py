"""Tables pasted into the conversation, row by row, as patches (粘贴的表格)."""

from collections.abc import Iterator, Sequence

from ziping.chat.normal import normal
from ziping.chat.proposals import AMOUNTS, Proposals, Proposed
from ziping.chat.scene import Scene
from ziping.domain.chat_words import ChatWords
from ziping.domain.evaluation import SelfEvaluation
from ziping.domain.imported import PastedBlock
from ziping.domain.patches import Patch
from ziping.domain.text import is_blank

_CELLS = ("level1", "level2", "level3", "target", "actual", "weight", "deviation")
_TABS = 2


def is_table(text: str) -> bool:
    """Whether what was said is a block copied from a table."""
    return text.count("\t") >= _TABS


def table_project(scene: Scene) -> SelfEvaluation | None:
    """Return the project a pasted table is of; None: nobody can say."""
    projects = scene.report.projects
    if len(projects) == 1:
        return projects[0]
    return scene.project(scene.focus) if scene.focus else None


def fund_table(scene: Scene, project: SelfEvaluation, text: str) -> tuple[Patch, ...]:
    """Return the patches of a pasted fund grid; none when the block is no fund grid."""
    rows = [[normal(cell).strip() for cell in line.split("\t")] for line in text.splitlines()]
    words = scene.speech.words
    made = Proposals(scene.report, scene.lexicon, text)
    columns: dict[int, str] = {}
    for cells in rows:
        named = {at: key for at, cell in enumerate(cells) if (key := _column(words, cell))}
        if len(named) > 1:
            columns = named
        elif columns and (row := next((key for cell in cells if (key := _row(words, cell))), "")):
            _put_row(made, f"{project.id}/funds/{row}", cells, columns, text)
    return made.patches()


def _put_row(
    made: Proposals, path: str, cells: Sequence[str], columns: dict[int, str], text: str
) -> None:
    """Propose the amounts of a row."""
    for at, column in columns.items():
        if at < len(cells) and any(one.isdigit() for one in cells[at]):
            start = max(normal(text).find(cells[at]), 0)
            one = Proposed(f"{path}/{column}", cells[at], start, start + len(cells[at]))
            made.put(one, corrects=True)


def _column(words: ChatWords, cell: str) -> str:
    """Return the fund column that a heading names."""
    bare = cell.partition("(")[0].replace(" ", "")
    for key in AMOUNTS:
        if bare in words.columns[key]:
            return key
    return ""


def _row(words: ChatWords, cell: str) -> str:
    """Return the fund row that a cell names."""
    bare = cell.removeprefix("其中:").replace(" ", "")
    return next((key for key, phrases in words.rows.items() if bare in phrases), "")


def indicator_table(
    scene: Scene, project: SelfEvaluation, block: PastedBlock, text: str
) -> tuple[Patch, ...]:
    """Return the patches of a pasted block of the indicator grid."""
    made = Proposals(scene.report, scene.lexicon, text)
    taken: set[str] = set()
    for row in block.rows:
        if is_blank(row.values.get("level3", "")):
            continue
        path = _path_of(project, row.values, taken)
        for one in _cells(path, row.values, text):
            made.put(one, corrects=True)
    for level1, weight in block.level1_weights.items():
        start = max(text.find(weight), 0)
        path = f"{project.id}/level1_weights/{level1}"
        made.put(Proposed(path, weight, start, start + len(weight)), corrects=True)
    return made.patches()


def _path_of(project: SelfEvaluation, values: dict[str, str], taken: set[str]) -> str:
    """Return the row for a pasted one: that of its name, a blank one of its kind, or a new one."""
    name, kind = normal(values["level3"].strip()), values.get("level2", "").strip()
    same = [one for one in project.indicators if normal(one.level3.strip()) == name]
    blank = [
        one
        for one in project.indicators
        if is_blank(one.level3) and kind and one.level2.strip() == kind
    ]
    found = next((one.id for one in [*same, *blank] if one.id not in taken), "")
    if not found:
        used = taken | {one.id for one in project.indicators}
        found = next(name for n in range(1, 10_000) if (name := f"i{n}") not in used)
    taken.add(found)
    return f"{project.id}/indicators/{found}"


def _cells(path: str, values: dict[str, str], text: str) -> Iterator[Proposed]:
    """Yield the cells of a row that hold something."""
    for field in _CELLS:
        cell = values.get(field, "")
        if not is_blank(cell):
            start = max(text.find(cell), 0)
            yield Proposed(f"{path}/{field}", cell, start, start + len(cell))
    if points := values.get("points", "").strip():
        start = max(text.find(points), 0)
        yield Proposed(f"{path}/printed/points", points, start, start + len(points), "表上印的得分")
