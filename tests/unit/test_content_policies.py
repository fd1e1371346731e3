"""What a policy file promises: its form is kept, and each mistake names file, line and remedy."""

from pathlib import Path

import pytest

from ziping.content.policy_files import load_policy
from ziping.domain.errors import ContentError
from ziping.domain.rules import Certainty

GOOD = """---
id: mou-banfa
title: 某办法
number: 某财〔2020〕1号
issuer: 某市财政局
date: 2020-02-25
status: 现行
jurisdiction: 某市
certainty: seen
text_seen: full
source: ""
---

## 第一条 目的

certainty: seen

第一段。

第二段。

问法：
- 为什么要有这个办法
- 依据是什么

## 附件1 表式

certainty: from_memory

表的样子。
"""


def refusal(folder: Path, old: str, new: str) -> str:
    path = folder / "mou-banfa.md"
    assert old in GOOD
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_policy(path, "mou-banfa.md")
    return str(caught.value)


def test_articles_come_with_their_text_questions_and_certainty(tmp_path: Path) -> None:
    path = tmp_path / "mou-banfa.md"
    path.write_text(GOOD, encoding="utf-8")
    loaded = load_policy(path, "mou-banfa.md")
    first, annex = loaded.document.clauses
    assert loaded.document.citation == "《某办法》（某财〔2020〕1号）"
    assert (first.id, first.article, first.title) == ("mou-banfa#第一条", "第一条", "目的")
    assert first.text == "第一段。\n第二段。"
    assert first.questions == ("为什么要有这个办法", "依据是什么")
    assert (annex.certainty, annex.questions) == (Certainty.FROM_MEMORY, ())
    assert loaded.lines == {"mou-banfa#第一条": 14, "mou-banfa#附件1": 26}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("---\nid", "id", "第 1 行：文件没有以“---”开头的文件信息"),
        ('source: ""\n---', 'source: ""', "文件信息没有结束的“---”"),
        ("status: 现行", "status: 有效", "第 7 行：状态（status）不能写“有效”。可选：现行、已废止"),
        ("issuer:", "isuer:", "第 5 行：不认识的键“isuer”。是否想写 issuer（印发机关）？"),
        ("id: mou-banfa", "id: mou-ban", "第 2 行：id“mou-ban”与文件名“mou-banfa”不一致"),
        ("2020-02-25", "2020年2月", "第 6 行：date（印发日期）写的是“2020年2月”"),
        ("## 第一条 目的", "## 第一条", "第 14 行：条款“第一条”没有短标题"),
        ("## 第一条 目的", "### 第一条 目的", "第 14 行：标题级别不对"),
        ("## 第一条 目的", "说明\n\n## 第一条 目的", "第 14 行：第一条之前有不属于任何条款的文字"),
        ("## 附件1 表式", "## 第一条 表式", "第 26 行：条款“第一条”重复，第 14 行已经写过"),
        ("certainty: from_memory", "certainty: 大概", "第 28 行：把握程度不能写“大概”。可选：seen"),
        ("certainty: from_memory\n", "", "第 29 行：条款标题下面缺少“certainty: …”"),
        ("- 依据是什么", "依据是什么", "第 24 行：问法里的每一行都要以“- ”开头"),
        ("表的样子。", "", "第 26 行：条款“附件1”没有正文"),
    ],
)
def test_a_mistake_names_its_line_and_remedy(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    message = refusal(tmp_path, old, new)
    assert message.startswith("mou-banfa.md")
    assert expected in message


def test_a_file_without_articles_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mou-banfa.md"
    path.write_text(GOOD.partition("## ")[0], encoding="utf-8")
    with pytest.raises(ContentError, match="没有任何条款"):
        load_policy(path, "mou-banfa.md")
