"""Report files (自评报告数据文件): YAML or JSON in, YAML out."""

import re
from pathlib import Path
from typing import Any, ClassVar

import yaml

from ziping.content.located import Located, Path_, Value
from ziping.content.strict_json import load_json
from ziping.content.strict_yaml import load_yaml
from ziping.content.validation import validate
from ziping.domain.errors import InputError
from ziping.domain.evaluation import Report

_CDumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def load_report(source: Path | str, name: str = "") -> Report:
    """Return the report a file (or its text) describes.

    Projects and indicators without an id get `p1`, `p2` … and `i1`, `i2` … in their order.

    Raises:
        InputError: Names file, line, field and remedy.
    """
    located = _located(source, name)
    _give_ids(located.value)
    report = validate(Report, located)
    _refuse_repeated_ids(report, located)
    return report


def _located(source: Path | str, name: str) -> Located:
    """Return a file's values, read as JSON or YAML by its name, or a text by its looks."""
    if isinstance(source, Path):
        is_json = source.suffix.lower() == ".json"
    else:
        is_json = source.lstrip()[:1] == "{" and source.lstrip()[1:].lstrip()[:1] in '"}'
    return (load_json if is_json else load_yaml)(source, name, InputError)


def _give_ids(value: Value) -> None:
    """Give each project and indicator without an id the next free one."""
    projects = value.get("projects") if isinstance(value, dict) else None
    for project in _number(projects, "p"):
        _number(project.get("indicators"), "i")


def _number(items: Value | None, letter: str) -> list[dict[str, Value]]:
    """Return the mappings among the items, each with an id."""
    records = [one for one in items if isinstance(one, dict)] if isinstance(items, list) else []
    taken = {str(one["id"]) for one in records if one.get("id")}
    for position, record in enumerate(records, start=1):
        if not record.get("id"):
            number = position
            while f"{letter}{number}" in taken:
                number += 1
            record["id"] = f"{letter}{number}"
            taken.add(f"{letter}{number}")
    return records


def _refuse_repeated_ids(report: Report, located: Located) -> None:
    """Refuse two projects of a report, or two indicators of a project, with the same id."""
    _refuse_repeated([one.id for one in report.projects], ("projects",), located)
    for at, project in enumerate(report.projects):
        ids = [one.id for one in project.indicators]
        _refuse_repeated(ids, ("projects", at, "indicators"), located)


def _refuse_repeated(ids: list[str], path: Path_, located: Located) -> None:
    """Refuse the first id that stood before."""
    for at, one in enumerate(ids):
        if one in ids[:at]:
            raise InputError(
                f"编号 id“{one}”重复",
                where=located.where((*path, at, "id")),
                why="得分和校验发现靠编号对应到行",
                remedy="请改成不同的编号，或删去 id 由系统编号",
            )


class _ReportDumper(_CDumper):  # type: ignore[misc] # the base is chosen at run time
    """Writes every scalar as its text; quotes only what would read as nothing or a merge."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - PyYAML's signature
        """Write equal parts in full each time."""
        return True


_ReportDumper.add_implicit_resolver(
    "tag:yaml.org,2002:null", re.compile(r"^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""]
)
_ReportDumper.add_implicit_resolver("tag:yaml.org,2002:merge", re.compile(r"^<<$"), ["<"])


def dump_report(report: Report) -> str:
    """Return a report as YAML that loads back equal; fields at their default are left out."""
    data = report.model_dump(mode="json", exclude_defaults=True)
    data["fiscal_year"] = str(report.fiscal_year)
    if report.projects:
        # The first project's usual id is a default, but must be told apart from the others.
        pairs = zip(report.projects, data["projects"], strict=True)
        data["projects"] = [{"id": project.id, **dumped} for project, dumped in pairs]
    text: str = yaml.dump(
        data,
        Dumper=_ReportDumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=False,
        width=2**20,
    )
    return text


def report_json_schema() -> dict[str, Any]:
    """Return the JSON schema of a report file; ids may be left out."""
    schema = Report.model_json_schema()
    indicator = schema["$defs"]["Indicator"]
    indicator["required"] = [key for key in indicator.get("required", ()) if key != "id"]
    return schema
