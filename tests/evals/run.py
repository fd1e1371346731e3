"""`make eval`: drafts every case by the configured model and prints a table."""

import re
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that the tests' modules are found

from tests.evals.case_files import Case, load_cases

from ziping.bootstrap import open_desk, open_workspace
from ziping.cli.printing import table
from ziping.config import Settings, load_settings
from ziping.domain.draft import SectionText
from ziping.drafting.model import Finished, SentenceDrafted, Staged
from ziping.services.importing import load_example
from ziping.services.model_drafting import ModelDesk, stream_section
from ziping.services.reports import create_report

ROOT = Path(__file__).resolve().parents[2]
HEADINGS = ("案例", "结果", "作者", "一次通过", "首句秒", "全文秒", "说明")


@dataclass(frozen=True, slots=True)
class Result:
    """How a case went (评测结果)."""

    name: str
    section: SectionText
    faults: list[str]
    at_once: bool
    """Whether nothing had to be mended or asked for again."""
    first_s: float | None
    whole_s: float

    @property
    def row(self) -> tuple[str, ...]:
        """The result as a line of the table."""
        first = "" if self.first_s is None else f"{self.first_s:.1f}"
        return (
            self.name,
            "不合要求" if self.faults else "通过",
            self.section.author.value,
            "是" if self.at_once else "否",
            first,
            f"{self.whole_s:.1f}",
            "；".join(self.faults),
        )


def main() -> int:
    """Run all cases; 0 when all pass, 1 when some do not, 2 when no model is configured."""
    settings = load_settings()
    if settings.model is None:
        print("未配置模型：请设置 OPENAI_BASE_URL、OPENAI_MODEL（需要密钥的再设 OPENAI_API_KEY）。")
        return 2
    results = evaluate(settings, load_cases(), lambda one: print("　".join(one.row), flush=True))
    report = told(settings.model.model, results)
    name = re.sub(r"[^\w.-]", "_", settings.model.model)
    path = ROOT / "build" / "evals" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(report, encoding="utf-8")
    print(f"\n{report}\n已写入 {path.relative_to(ROOT)}")
    return 1 if any(one.faults for one in results) else 0


def evaluate(
    settings: Settings, cases: dict[str, Case], tell: Callable[[Result], None]
) -> list[Result]:
    """Draft every case in a data directory of its own."""
    results = []
    with tempfile.TemporaryDirectory() as home:
        workspace = open_workspace(replace(settings, home=Path(home)))
        desk = open_desk(workspace, replace(settings, home=Path(home)))
        for name, case in cases.items():
            result = drafted(desk, name, case)
            tell(result)
            results.append(result)
        if desk.library is not None:
            desk.library.close()
        workspace.database.close()
    return results


def drafted(desk: ModelDesk, name: str, case: Case) -> Result:
    """Draft one case and judge it."""
    content = desk.workspace.content
    report = load_example(content) if case.report == "example" else case.report
    report_id = create_report(desk.workspace, report)
    begun = time.monotonic()
    first_s: float | None = None
    stages: list[str] = []
    for event in stream_section(desk, report_id, case.section, case.instruction):
        match event:
            case SentenceDrafted() if first_s is None:
                first_s = time.monotonic() - begun
            case Staged(title):
                stages.append(title)
            case Finished(section):
                whole_s = time.monotonic() - begun
                faults = case.rubric.faults(section)
                return Result(name, section, faults, stages == ["起草"], first_s, whole_s)
    raise AssertionError(name)


def told(model: str, results: list[Result]) -> str:
    """Return the table with its totals."""
    body = table(HEADINGS, [one.row for one in results], ["<", "<", "<", "<", ">", ">", "<"])
    passed = sum(not one.faults for one in results)
    at_once = sum(one.at_once for one in results)
    by_model = sum(one.section.author.value == "模型" for one in results)
    day = datetime.now(UTC).date().isoformat()
    return (
        f"# {model}（{day}）\n\n{body}\n\n"
        f"共{len(results)}例：通过{passed}，由模型写成{by_model}，一次通过核对{at_once}。\n"
    )


if __name__ == "__main__":
    sys.exit(main())
