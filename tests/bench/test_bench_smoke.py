"""The benchmark runs and prints its tables; how fast is for `make bench` to say."""

import os
import re
import subprocess
import sys
from pathlib import Path

import docx
import pytest
from tests.bench import word_peers
from tests.bench.whole_reports import Factory

from ziping.documents.word import write_word


@pytest.fixture(scope="module")
def printed() -> str:
    script = Path(__file__).with_name("run.py")
    environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        (sys.executable, str(script), "--quick"), env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


TITLES = (
    *("评分与校验", "整份报告", "时间用在哪里", "Word 导出", "内存", "启动"),
    *("政策检索", "知识库变大", "模型撰写", "核对", "批量", "对话"),
)


def test_every_table_is_printed_with_figures(printed: str) -> None:
    found = re.findall(r"(?m)^[一二三四五六七八九十]+、(.*)", printed)
    assert len(found) == len(TITLES)
    for title, line in zip(TITLES, found, strict=True):
        assert title in line
    assert re.findall(r"(?m)^目标 .*：(?:未)?达到$", printed)


def test_competitors_are_named_with_their_versions(printed: str) -> None:
    assert re.search(r"docxtpl \d+\.\d+.*python-docx \d+\.\d+", printed)
    assert len(re.findall(r"(?m)^docxtpl", printed)) == 3


def test_competitors_print_the_same_texts_as_our_export(tmp_path: Path) -> None:
    factory = Factory()
    package = factory.package(factory.example)
    texts = word_peers.texts_of(package)
    files = {
        "ours": write_word(package),
        "docxtpl": word_peers.by_docxtpl(word_peers.docxtpl_template(), texts),
        "python-docx": word_peers.by_python_docx(texts),
    }
    for name, data in files.items():
        path = tmp_path / f"{name}.docx"
        path.write_bytes(data)
        document = docx.Document(str(path))
        found = [one.text for one in document.paragraphs]
        for heading, paragraphs in texts.sections:
            assert heading in found, (name, heading)
            assert set(paragraphs) <= set(found), (name, heading)
        assert sum(len(table.rows) for table in document.tables) == len(texts.rows), name
