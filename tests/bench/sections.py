"""What is measured, one function a table."""

import multiprocessing
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from tests.bench import word_peers
from tests.bench.distinct_reports import distinct_reports
from tests.bench.timing import Cost, cost_each, interleaved, resident_mib
from tests.bench.whole_reports import Factory

from ziping import scoring
from ziping.checks import check_report
from ziping.documents.excel import write_excel
from ziping.documents.word import write_word
from ziping.domain.evaluation import Report
from ziping.domain.scores import ScoreSheet
from ziping.services.drafted import draft_texts
from ziping.services.scored import score_report

WANTED_REPORTS = 10
"""Whole reports a second and core that we promise."""
WANTED_GROWTH = 5
"""Percent the memory may grow once everything remembered is full."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured."""

    reports: int
    """Distinct reports scored."""
    rounds: int
    """Turns each competitor takes."""
    kept_making: int
    """Whole reports made while memory is watched."""
    starts: int
    """Times a command is started."""
    clauses: int
    """Clauses of the grown policy library."""
    models: bool
    """Whether retrieval is compared with embedding models too."""


FULL = Scale(reports=2_000, rounds=40, kept_making=1_000, starts=10, clauses=60_000, models=True)
QUICK = Scale(reports=10, rounds=1, kept_making=10, starts=1, clauses=1_000, models=False)


@dataclass(frozen=True, slots=True)
class Section:
    """A table as it is printed (结果表)."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    verdicts: Sequence[str] = ()


def scoring_section(factory: Factory, scale: Scale) -> Section:
    """Measure scoring and checking, on the example and on evaluations that all differ."""
    content, example = factory.content, factory.example
    rules = content.choose_rule_set(example.place, example.fiscal_year).rule_set
    lexicon = content.lexicon()

    def sheets(report: Report) -> tuple[ScoreSheet, ...]:
        year = report.fiscal_year
        return tuple(
            scoring.score(one, rules, lexicon, fiscal_year=year) for one in report.projects
        )

    def checked(pair: tuple[Report, tuple[ScoreSheet, ...]]) -> object:
        return check_report(*pair, rules, lexicon)

    same = [example] * scale.reports
    others = list(distinct_reports(example, scale.reports))
    for one in distinct_reports(example, 20, seed=1):  # warm-up, on figures of its own
        checked((one, sheets(one)))
    costs = {
        ("评分", "示例，反复"): cost_each(sheets, same),
        ("评分", "各不相同"): cost_each(sheets, others),
        ("校验", "示例，反复"): cost_each(checked, [(example, sheets(example))] * len(same)),
        ("校验", "各不相同"): cost_each(checked, [(one, sheets(one)) for one in others]),
    }
    rows = [
        (*what, f"{1 / cost.core:,.0f}", to_ms(cost.core), to_ms(cost.clock))
        for what, cost in costs.items()
    ]
    headings = ("工作", "数据", "份/秒·核", "核毫秒/份", "时钟毫秒/份")
    return Section(f"评分与校验（各 {scale.reports:,} 份）", headings, rows)


def whole_section(factory: Factory, scale: Scale) -> Section:
    """Measure whole reports, beside the competitors writing nothing but the Word file."""
    reports = distinct_reports(factory.example, scale.rounds + 3)
    package = factory.package(factory.example)
    texts, template = word_peers.texts_of(package), word_peers.docxtpl_template()
    whole = "整份报告（各不相同）"
    costs = interleaved(
        {
            whole: lambda: factory.whole(next(reports)),
            "整份报告（示例）": lambda: factory.whole(factory.example),
            "docxtpl，只填 Word": lambda: word_peers.by_docxtpl(template, texts),
            "python-docx，只写 Word": lambda: word_peers.by_python_docx(texts),
        },
        scale.rounds,
    )
    promise = f"每核每秒不少于 {WANTED_REPORTS} 份"
    return Section(
        "整份报告：评分 + 校验 + 模板撰写 + Word + Excel（单进程）",
        _COMPARED,
        _compared(costs, whole),
        (verdict(1 / costs[whole].core >= WANTED_REPORTS, promise),),
    )


def parts_section(factory: Factory, scale: Scale) -> Section:
    """Measure where the time of a whole report goes."""
    scored = score_report(factory.content, factory.example)
    package = factory.package(factory.example)
    costs = interleaved(
        {
            "评分与校验": lambda: score_report(factory.content, factory.example),
            "模板撰写": lambda: draft_texts(factory.content, scored),
            "写 Word": lambda: write_word(package),
            "写 Excel": lambda: write_excel(package),
        },
        scale.rounds,
    )
    total = sum(cost.core for cost in costs.values())
    rows = [
        (name, to_ms(cost.core), f"{100 * cost.core / total:.0f}%") for name, cost in costs.items()
    ]
    return Section("一份报告的时间用在哪里（示例）", ("步骤", "核毫秒", "占比"), rows)


def word_section(factory: Factory, scale: Scale) -> Section:
    """Measure the Word export alone, against competitors printing the same texts."""
    package = factory.package(factory.example)
    texts, template = word_peers.texts_of(package), word_peers.docxtpl_template()
    ours = "本程序 write_word"
    costs = interleaved(
        {
            ours: lambda: write_word(package),
            "docxtpl 填模板": lambda: word_peers.by_docxtpl(template, texts),
            "python-docx 逐段逐格": lambda: word_peers.by_python_docx(texts),
        },
        scale.rounds,
    )
    size = (
        f"同一内容：标题 {len(texts.sections)} 个，段落 {texts.paragraphs} 个，"
        f"表格 {len(texts.rows)} 行 × {word_peers.COLUMNS} 列，共 {texts.characters:,} 字"
    )
    is_fast = costs[ours].core <= costs["docxtpl 填模板"].core
    return Section(
        f"Word 导出（{size}）",
        _COMPARED,
        _compared(costs, ours),
        (verdict(is_fast, "不慢于 docxtpl"),),
    )


def memory_section(_: Factory, scale: Scale) -> Section:
    """Watch the memory while whole reports are made, each one different, in a fresh process."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn) as pool:
        held = pool.submit(_memory_held, scale.kept_making).result()
    later = held[len(held) // 2 :]
    growth = 100 * (max(size for _, size in later) / later[0][1] - 1)
    rows = [(f"{number:,}", f"{size:.1f}", f"{size - held[0][1]:+.1f}") for number, size in held]
    promise = f"后一半增长不超过 {WANTED_GROWTH}%（实测 {growth:+.1f}%）"
    return Section(
        f"内存：新进程中连续生成 {scale.kept_making:,} 份各不相同的报告",
        ("已生成份数", "常驻内存 MiB", "比第一份之后"),
        rows,
        (verdict(growth <= WANTED_GROWTH, promise),),
    )


def _memory_held(count: int) -> list[tuple[int, float]]:
    """Return (reports made, MiB held) after the first report and at each tenth of the way."""
    factory = Factory()
    step = max(1, count // 10)
    held = []
    for number, report in enumerate(distinct_reports(factory.example, count, seed=7), 1):
        factory.whole(report)
        if number == 1 or number % step == 0:
            held.append((number, resident_mib()))
    return held


MEASURES = (scoring_section, whole_section, parts_section, word_section, memory_section)


_COMPARED = ("做法", "份/秒·核", "核毫秒/份", "时钟毫秒/份", "÷本程序")


def _compared(costs: Mapping[str, Cost], ours: str) -> list[tuple[str, ...]]:
    """Return a row for each way, with its cost as a multiple of ours."""
    return [
        (
            name,
            f"{1 / cost.core:,.1f}",
            to_ms(cost.core),
            to_ms(cost.clock),
            f"{cost.core / costs[ours].core:.2f}",
        )
        for name, cost in costs.items()
    ]


def to_ms(seconds: float) -> str:
    """Return seconds as milliseconds."""
    return f"{seconds * 1000:,.2f}"


def verdict(is_met: bool, promise: str) -> str:  # noqa: FBT001 - reads as a sentence
    """Return whether a promise is kept, in words."""
    return f"目标 {promise}：{'达到' if is_met else '未达到'}"
