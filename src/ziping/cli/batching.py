"""`batch`: many reports at once, from a workbook or a folder."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from ziping.bootstrap import now, open_content
from ziping.cli.chinese import ChineseCommand, WholeNumber
from ziping.cli.echoing import echo
from ziping.cli.inputs import json_option, report_options
from ziping.cli.printing import echo_json
from ziping.cli.root import DONE, FOUND
from ziping.domain.batch import BatchOptions
from ziping.jobs.batching.run import BatchRequest, run_batch
from ziping.jobs.progress import BatchProgress
from ziping.services.answers import BatchAnswer, BatchFailure
from ziping.services.batching.results import Results

_STEP = 5
"""Percent after which progress is told again where it is not shown in one line."""
_MOST_WORKERS = 64


@click.command(
    cls=ChineseCommand,
    help="批量生成报告：一个工作簿（一张表或几行一个项目）或一个文件夹，"
    "每个项目一份 Word 和 Excel，另有汇总表和各单位的待办清单。",
)
@click.argument(
    "given",
    metavar="IN",
    type=click.Path(path_type=Path),
    help="工作簿（xlsx、xls）、其他自评数据文件，或放着这些文件的文件夹",
)
@report_options
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    required=True,
    type=click.Path(path_type=Path),
    help="存放的文件夹，没有则新建；已有的文件不会被覆盖",
)
@click.option(
    "--workers",
    metavar="N",
    type=WholeNumber(1, _MOST_WORKERS),
    help="同时工作的进程数，默认与处理器核数相同",
)
@click.option("--resume", is_flag=True, help="接着做：已完成的不重做")
@json_option
def batch(  # noqa: PLR0913 - one parameter an option
    given: Path,
    place: str,
    year: int | None,
    rules: str,
    *,
    output: Path,
    workers: int | None,
    resume: bool,
    as_json: bool,
) -> int:
    """Make the reports of a workbook or a folder."""
    request = BatchRequest(
        given=given,
        output=output,
        options=BatchOptions(place=place, year=year, rules=rules),
        workers=workers or len(os.sched_getaffinity(0)),
        at=now(),
        resume=resume,
    )
    teller = _Teller()
    try:
        results = run_batch(open_content(), request, teller.tell)
    except KeyboardInterrupt:
        teller.end()
        echo("已停止；接着做请用同样的命令加 --resume，已完成的不重做。", err=True)
        raise click.Abort from None
    teller.end()
    if results is None:
        raise click.Abort
    if as_json:
        echo_json(_answer(results, output))
    else:
        echo(_told(results, output))
    return FOUND if results.failures else DONE


@dataclass
class _Teller:
    """Tells progress on stderr: in one line on a terminal, else every few percent."""

    is_line: bool = False
    percent: int = -_STEP

    def tell(self, progress: BatchProgress) -> None:
        """Tell how far the batch is."""
        done = progress.made + progress.failed
        percent = 100 * done // progress.total if progress.total else 100
        failed = f"，{progress.failed} 份没有生成" if progress.failed else ""
        text = f"已完成 {done}/{progress.total}{failed}　{progress.current}".rstrip()
        if sys.stderr.isatty():
            self.is_line = True
            echo(f"\r\x1b[2K{text[:60]}", err=True, nl=False)
        elif percent >= self.percent + _STEP or done == progress.total:
            self.percent = percent
            echo(text, err=True)

    def end(self) -> None:
        """Leave the line of a terminal."""
        if self.is_line:
            echo(err=True)


def _answer(results: Results, output: Path) -> BatchAnswer:
    """Return the results as they are printed for programs."""
    return BatchAnswer(
        reports=results.reports,
        projects=len(results.projects),
        failed=tuple(
            BatchFailure(source=one.source, label=one.label, error=one.error)
            for one in results.failures
        ),
        summary=str(output / results.summary),
        todo_files=tuple(str(output / one) for one in results.todo_files),
    )


def _told(results: Results, output: Path) -> str:
    """Return the results as people read them."""
    lines = [f"已生成 {results.reports} 份报告（{len(results.projects)} 个项目）"]
    if results.failures:
        lines.append(f"没有生成的 {len(results.failures)} 份：")
        lines += [
            f"  · {' '.join(part for part in (one.source, one.label) if part)}：{one.error}"
            for one in results.failures
        ]
    if repeated := results.repeated:
        lines.append(f"{repeated}。")
    lines.append(f"汇总表：{output / results.summary}")
    if results.todo_files:
        lines.append(f"待办清单：{len(results.todo_files)} 份，在各单位的文件夹里")
    return "\n".join(lines)
