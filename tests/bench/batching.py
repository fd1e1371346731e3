"""A batch of many projects: how fast, how it scales, and what memory it holds."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench import word_peers
from tests.bench.distinct_reports import distinct_reports
from tests.bench.sections import WANTED_GROWTH, Scale, Section, verdict
from tests.bench.timing import Cost, cost_of, resident_mib
from tests.bench.whole_reports import MOMENT, Factory

from ziping.content.report_file import dump_report, load_report
from ziping.documents.excel import write_excel
from ziping.domain.batch import BatchOptions
from ziping.jobs.batching.run import BatchRequest, run_batch
from ziping.jobs.progress import BatchProgress

WANTED_SPEEDUP = 1.7
"""How much faster two workers must be than one, on two cores."""
_TWO = 2


def batch_section(factory: Factory, scale: Scale) -> Section:
    """Measure a folder of projects with one worker and with two, beside docxtpl in a loop."""
    with tempfile.TemporaryDirectory() as name:
        given = Path(name, "in")
        _fill(factory, given, scale.kept_making)
        held: dict[int, _Memory] = {}
        works: dict[str, Callable[[], object]] = {}
        for workers in (1, _TWO):
            held[workers] = _Memory(scale.kept_making)
            works[f"ziping batch，{workers} 个进程"] = _batch(
                factory, given, workers, held[workers]
            )
        works["循环里做同样的事，Word 用 docxtpl"] = _whole_loop(factory, given)
        works["docxtpl 循环，只填 Word"] = _docxtpl_loop(factory, scale.kept_making)
        costs = {what: cost_of(work) for what, work in works.items()}
    one, two, *_ = costs.values()
    speedup = one.clock / two.clock
    growth = held[_TWO].growth
    return Section(
        f"批量：一个文件夹 {scale.kept_making:,} 个各不相同的项目"
        "（读入、评分、校验、撰写、Word、Excel、落盘、汇总表、待办清单）",
        ("做法", "份/秒", "时钟秒", "核秒", "份/秒·核", "内存 MiB（一半时→最后，各进程合计）"),
        [_row(what, cost, scale.kept_making, held) for what, cost in costs.items()],
        (
            verdict(speedup >= WANTED_SPEEDUP, f"2 个进程是 1 个的 {WANTED_SPEEDUP} 倍以上"
                    f"（实测 {speedup:.2f} 倍；机器忙时不准）"),
            verdict(growth <= WANTED_GROWTH, f"内存后一半增长不超过 {WANTED_GROWTH}%"
                    f"（实测 {growth:+.1f}%）"),
        ),
    )  # fmt: skip


def _fill(factory: Factory, folder: Path, count: int) -> None:
    """Write a file a project."""
    folder.mkdir()
    for number, report in enumerate(distinct_reports(factory.example, count), 1):
        unit = f"某市第{number % 20 + 1}中心"
        text = dump_report(report.model_copy(update={"unit": unit}))
        (folder / f"{number:05d}.yaml").write_text(text, encoding="utf-8")


@dataclass
class _Memory:
    """What memory all processes of a batch hold on its way."""

    total: int
    sizes: list[float] = field(default_factory=list)

    def look(self, progress: BatchProgress) -> None:
        """Look at each tenth of the way."""
        if progress.made * 10 >= self.total * (len(self.sizes) + 1):
            self.sizes.append(resident_mib() + sum(map(resident_mib, _children())))

    @property
    def growth(self) -> float:
        """Percent by which the second half grew."""
        later = self.sizes[len(self.sizes) // 2 :]
        return 100 * (max(later) / later[0] - 1)


def _children() -> list[int]:
    """Return the processes started by this one."""
    paths = Path("/proc/self/task").glob("*/children")
    return [int(one) for path in paths for one in path.read_text(encoding="ascii").split()]


def _batch(factory: Factory, given: Path, workers: int, memory: _Memory) -> Callable[[], object]:
    """Return the work of one whole batch."""
    request = BatchRequest(given, given.parent / f"out{workers}", BatchOptions(), workers, MOMENT)
    return lambda: run_batch(factory.content, request, memory.look)


def _whole_loop(factory: Factory, given: Path) -> Callable[[], object]:
    """Return the work of a plain script: each file read, scored, drafted and printed in turn."""
    template = word_peers.docxtpl_template()

    def work() -> None:
        with tempfile.TemporaryDirectory() as folder:
            for path in sorted(given.iterdir()):
                package = factory.package(load_report(path))
                word = word_peers.by_docxtpl(template, word_peers.texts_of(package))
                Path(folder, f"{path.stem}.docx").write_bytes(word)
                Path(folder, f"{path.stem}.xlsx").write_bytes(write_excel(package))

    return work


def _docxtpl_loop(factory: Factory, count: int) -> Callable[[], object]:
    """Return the work of filling the same Word file again and again from texts that are there."""
    texts = word_peers.texts_of(factory.package(factory.example))
    template = word_peers.docxtpl_template()

    def work() -> None:
        with tempfile.TemporaryDirectory() as folder:
            for number in range(count):
                Path(folder, f"{number}.docx").write_bytes(word_peers.by_docxtpl(template, texts))

    return work


def _row(what: str, cost: Cost, count: int, held: dict[int, _Memory]) -> tuple[str, ...]:
    """Return what one way took."""
    memory = next((one for workers, one in held.items() if f"{workers} 个进程" in what), None)
    sizes = memory.sizes if memory else []
    told = f"{sizes[len(sizes) // 2]:.0f} → {sizes[-1]:.0f}" if sizes else "—"
    return (
        what,
        f"{count / cost.clock:.1f}",
        f"{cost.clock:.1f}",
        f"{cost.core:.1f}",
        f"{count / cost.core:.1f}",
        told,
    )
