"""`make bench`: measures this program beside the alternatives and prints tables."""

import argparse
import os
import platform
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that the tests' modules are found

from tests.bench import model_drafting, mutations, utterances
from tests.bench.batching import batch_section
from tests.bench.retrieval import growth_section, retrieval_section
from tests.bench.sections import FULL, MEASURES, QUICK, Section
from tests.bench.starting import starting_section
from tests.bench.whole_reports import Factory

from ziping.cli.printing import table

PEERS = ("docxtpl", "python-docx", "openpyxl", "openai")
_NUMERALS = "一二三四五六七八九十"


def main() -> None:
    """Measure and print, table by table."""
    parser = argparse.ArgumentParser(description="性能测试：与同类做法在同一次运行中比较")
    parser.add_argument("--quick", action="store_true", help="只走一遍，数字不作数")
    print(_machine(), flush=True)
    for number, section in enumerate(_sections(is_quick=parser.parse_args().quick), 1):
        _print(number, section)


def _sections(*, is_quick: bool) -> Iterator[Section]:
    """Yield the tables, each measured when it is asked for."""
    scale = QUICK if is_quick else FULL
    factory = Factory()
    for measure in MEASURES:
        yield measure(factory, scale)
    yield starting_section(scale)
    yield retrieval_section(scale)
    yield growth_section(scale)
    yield model_drafting.model_section(model_drafting.QUICK if is_quick else None)
    yield mutations.mutation_section(mutations.QUICK if is_quick else None)
    yield batch_section(factory, scale)
    sayings = yaml.safe_load(utterances.TUNING.read_text(encoding="utf-8"))
    yield utterances.section(factory.content, sayings)


def _machine() -> str:
    """Return what the figures were measured on."""
    peers = "，".join(f"{name} {version(name)}" for name in PEERS)
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    busy = "机器正忙，时钟时间偏长，请以核时间为准。" if load > cores / 2 else ""
    return (
        f"Python {platform.python_version()}，{cores} 核，开始时负载 {load:.1f}；{peers}\n"
        "先预热，取中位数，各做法轮流进行；核毫秒是占用一个核的时间，时钟毫秒是实际等待的时间。"
        f"{busy}"
    )


def _numeral(number: int) -> str:
    """Return a number up to 19 as headings count."""
    ten = len(_NUMERALS)
    return _NUMERALS[number - 1] if number <= ten else f"十{_NUMERALS[number - ten - 1]}"


def _print(number: int, section: Section) -> None:
    aligned = [">"] * (len(section.headings) - 1)
    body = table(section.headings, section.rows, ["<", *aligned])  # type: ignore[list-item]
    title = f"{_numeral(number)}、{section.title}"
    print("", title, body, *section.verdicts, sep="\n", flush=True)


if __name__ == "__main__":
    main()
