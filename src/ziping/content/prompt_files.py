"""Prompts as files (提示词): front matter with purpose and variables, then the text.

A placeholder is `$name`; the placeholders of the text and those declared must be the same, and
the program must know them.
"""

from collections.abc import Mapping
from string import Template

from ziping.content.located import Located, at_line
from ziping.content.strict_yaml import load_yaml
from ziping.content.validation import validate
from ziping.domain.errors import ContentError
from ziping.domain.model import Record
from ziping.domain.prompts import Prompt

_FENCE = "---"
_SECTION = frozenset({"heading", "purpose", "facts", "clauses", "draft", "materials", "earlier"})
KNOWN: dict[str, frozenset[str]] = {
    "system": frozenset(),
    "repair": frozenset({"sentences", "missing"}),
    "instruction": frozenset({"instruction"}),
    "chat/system": frozenset(),
    "chat/turn": frozenset({"figures", "earlier", "read", "said"}),
    "chat/steps": frozenset({"tools"}),
    "chat/tools": frozenset(),
}
"""Prompts apart from those of sections, with what the program fills in."""
FOLDER = "sections/"
"""Where the prompt of each section lies, under prompts/."""


class _FrontMatter(Record):
    """What stands between the two `---` lines of a prompt (文件信息)."""

    purpose: str
    """用途."""
    variables: tuple[str, ...] = ()
    """变量."""


def read_prompts(texts: Mapping[str, str]) -> dict[str, Prompt]:
    """Return the model writer's prompts by name; `texts` are the files under prompts/.

    Raises:
        ContentError: A file is wrong or missing; names file, line and remedy.
    """
    names = [
        name
        for path in texts
        if (name := path.removeprefix("prompts/").removesuffix(".md")) in KNOWN
        or name.startswith(FOLDER)
    ]
    if absent := [name for name in KNOWN if name not in names]:
        raise ContentError(
            "缺少提示词文件", where=f"prompts/{absent[0]}.md", remedy="请从安装包恢复这个文件"
        )
    return {name: _prompt(name, texts[f"prompts/{name}.md"]) for name in names}


def _prompt(name: str, text: str) -> Prompt:
    """Return the prompt a file holds."""
    where = f"prompts/{name}.md"
    front, body, body_at = _parted(text, where)
    matter = validate(_FrontMatter, front)
    template = Template(body)
    if not template.is_valid():
        raise ContentError(
            "有不完整的 $ 占位符",
            where=at_line(where, _first_dollar(body, body_at)),
            remedy="占位符写成 $facts；要写美元符号本身，写 $$",
        )
    _compare(name, set(matter.variables), set(template.get_identifiers()), front)
    return Prompt(name=name, purpose=matter.purpose, variables=matter.variables, body=body.strip())


def _compare(name: str, declared: set[str], used: set[str], front: Located) -> None:
    """Refuse variables that are not declared, not used, or not known to the program."""
    known = KNOWN.get(name, _SECTION)
    for wrong, what, remedy in (
        (used - declared, "正文用了没有声明的变量", "请写进 variables，或从正文删去"),
        (declared - used, "声明了正文没有用的变量", "请从 variables 删去，或在正文写 $变量名"),
        (declared - known, "程序不提供这个变量", f"可用：{'、'.join(sorted(known)) or '（无）'}"),
    ):
        if wrong:
            listed = "、".join(sorted(wrong))
            raise ContentError(
                f"{what}：{listed}", where=front.where(("variables",)), remedy=remedy
            )


def _parted(text: str, where: str) -> tuple[Located, str, int]:
    """Return front matter, body, and the number of the body's first line."""
    lines = text.split("\n")
    ends = [at for at, line in enumerate(lines[1:], start=1) if line.strip() == _FENCE]
    if lines[0].strip() != _FENCE or not ends:
        raise ContentError(
            "文件没有用两行“---”括起来的文件信息",
            where=at_line(where, 1),
            remedy="请在开头写“---”、purpose 和 variables、“---”，再写正文",
        )
    body = "\n".join(lines[ends[0] + 1 :])
    if not body.strip():
        raise ContentError(
            "没有正文", where=at_line(where, ends[0] + 2), remedy="请写明这一节怎样写"
        )
    # The opening fence becomes a blank line, so that line numbers stay those of the file.
    front = load_yaml("\n".join(["", *lines[1 : ends[0]]]), where)
    return front, body, ends[0] + 2


def _first_dollar(body: str, body_at: int) -> int:
    """Return the line of the first placeholder that cannot be read."""
    for number, line in enumerate(body.split("\n"), body_at):
        if not Template(line).is_valid():
            return number
    return body_at
