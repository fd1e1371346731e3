"""`make bench`: measures this program beside the alternatives and prints tables."""

import argparse
import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that the tests' modules are found

from tests.bench import utterances
from tests.bench.sections import FULL, MEASURES, QUICK, Section
from tests.bench.starting import starting_section
from tests.bench.whole_reports import Factory

from ziping.cli.printing import table

PEERS = ("docxtpl", "python-docx", "openpyxl")


def main() -> None:
    """Measure and print, table by table."""
    parser = argparse.ArgumentParser(description="性能测试：与同类做法在同一次运行中比较")
    parser.add_argument("--quick", action="store_true", help="只走一遍，数字不作数")
    scale = QUICK if parser.parse_args().quick else FULL
    print(_machine(), flush=True)
    factory = Factory()
    for measure in MEASURES:
        _print(measure(factory, scale))
    _print(starting_section(scale))
    sayings = yaml.safe_load(utterances.TUNING.read_text(encoding="utf-8"))
    _print(utterances.section(factory.content, sayings))


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


def _print(section: Section) -> None:
    numbers = [">"] * (len(section.headings) - 1)
    body = table(section.headings, section.rows, ["<", *numbers])  # type: ignore[list-item]
    print("", section.title, body, *section.verdicts, sep="\n", flush=True)


if __name__ == "__main__":
    main()
