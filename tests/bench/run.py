"""`make bench`: measures this program beside the alternatives and prints tables."""

import argparse
import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that the tests' modules are found

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


def _machine() -> str:
    """Return what the figures were measured on."""
    peers = "，".join(f"{name} {version(name)}" for name in PEERS)
    load = os.getloadavg()[0]
    return (
        f"Python {platform.python_version()}，{os.cpu_count()} 核，当前负载 {load:.1f}；{peers}\n"
        "先预热，取中位数，各做法轮流进行；除注明外均为单进程。"
    )


def _print(section: Section) -> None:
    numbers = [">"] * (len(section.headings) - 1)
    body = table(section.headings, section.rows, ["<", *numbers])  # type: ignore[list-item]
    print("", section.title, body, *section.verdicts, sep="\n", flush=True)


if __name__ == "__main__":
    main()
