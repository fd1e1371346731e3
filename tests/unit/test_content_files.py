"""What reading a YAML or JSON file promises: text stays text, and mistakes are told plainly."""

import json
from pathlib import Path
from typing import Literal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ziping.content.located import MAX_BYTES
from ziping.content.strict_json import load_json
from ziping.content.strict_yaml import load_yaml
from ziping.content.validation import validate
from ziping.domain.errors import ContentError, InputError
from ziping.domain.model import Record


class Line(Record):
    name: str
    """名称."""
    kind: Literal["甲类", "乙类"] = "甲类"
    """类别."""
    count: int | None
    """数量."""


class Sheet(Record):
    title: str
    """标题."""
    lines: tuple[Line, ...] = ()
    """明细."""


def sheet(text: str) -> Sheet:
    return validate(Sheet, load_yaml(text, "表.yaml"))


def refusal(text: str) -> str:
    with pytest.raises(ContentError) as caught:
        sheet(text)
    return str(caught.value)


@pytest.mark.parametrize("text", ["619.50", "0.10", "1e3", "0o17", "2023-01-01", "yes", "1_000"])
def test_a_scalar_stays_the_text_that_was_written(text: str) -> None:
    assert load_yaml(f"value: {text}").value == {"value": text}
    assert load_yaml(f"{{value: {text}}}").value == {"value": text}


@pytest.mark.parametrize("text", ["", "null", "~", '""', "''", "# 说明"])
def test_nothing_is_the_empty_text(text: str) -> None:
    assert load_yaml(f"value: {text}").value == {"value": ""}


def test_a_quoted_null_is_the_word() -> None:
    assert load_yaml('value: "null"').value == {"value": "null"}


def test_json_numbers_stay_text_and_null_is_blank() -> None:
    text = '{"a": 619.50, "b": [1E3, -0], "c": null, "d": true, "e": "x\\n\\ud83d\\ude00"}'
    assert load_json(text).value == {
        "a": "619.50",
        "b": ["1E3", "-0"],
        "c": "",
        "d": "true",
        "e": "x\n😀",
    }


def test_every_value_knows_its_line() -> None:
    text = "title: 甲\nlines:\n  - name: 一\n    count: 3\n  - name: 二\n"
    located = load_yaml(text, "表.yaml")
    assert located.line(("lines", 1, "name")) == 5
    assert located.where(("lines", 0, "count", "没有")) == "表.yaml 第 4 行"
    assert load_json('{\n "a": [\n  1,\n  2]}').line(("a", 1)) == 4


def test_an_unknown_key_names_the_nearest_known_one() -> None:
    assert refusal("titel: 甲\n") == (
        "表.yaml 第 1 行：不认识的键“titel”。是否想写 title（标题）？请改过来。"
        "此外还有 1 处：第 1 行缺少 title（标题）。"
    )


def test_an_unknown_key_may_be_the_chinese_name_of_a_field() -> None:
    message = refusal("title: 甲\nlines:\n  - 名称: 一\n    name: 一\n    count: 1\n")
    assert message == "表.yaml 第 3 行：不认识的键“名称”。是否想写 name（名称）？请改过来。"


def test_a_key_in_the_wrong_place_is_told_where_it_belongs() -> None:
    message = refusal("title: 甲\n数量: 3\n")
    assert (
        "第 2 行：不认识的键“数量”。count（数量） 应写在 lines（明细） 下面，请移过去。" in message
    )


def test_a_key_like_no_other_lists_the_known_ones() -> None:
    assert "这里可以写：title（标题）、lines（明细）" in refusal("title: 甲\nzzz: 3\n")


def test_a_repeated_key_names_both_lines() -> None:
    expected = "：键“title”重复，第 1 行已经写过。请删去其中一个，每个键只写一次。"
    assert refusal("title: 甲\nlines: []\ntitle: 乙\n") == f"表.yaml 第 3 行{expected}"
    with pytest.raises(ContentError) as caught:
        load_json('{"title": "甲",\n"title": "乙"}', "表.json")
    assert str(caught.value) == f"表.json 第 2 行{expected}"


def test_a_bad_number_shows_what_was_written() -> None:
    assert refusal("title: 甲\nlines:\n  - name: 一\n    count: 三个\n") == (
        "表.yaml 第 4 行：明细 第 1 项 · 数量（count）写的是“三个”，应为整数。"
        "请只写数字，不带单位。"
    )


def test_a_wrong_choice_lists_the_choices() -> None:
    message = refusal("title: 甲\nlines:\n  - {name: 一, count: 1, kind: 丙类}\n")
    assert message == (
        "表.yaml 第 3 行：明细 第 1 项 · 类别（kind）不能写“丙类”。可选：甲类、乙类。"
    )


def test_a_blank_that_is_no_text_counts_as_not_given() -> None:
    assert sheet("title: 甲\nlines:\n").lines == ()
    assert sheet("title: 甲\nlines:\n  - name: 一\n    count:\n").lines[0].count is None


def test_several_mistakes_are_told_at_once_in_the_order_of_the_file() -> None:
    message = refusal("title: 甲\nlines:\n  - name: 一\n    count: x\n  - count: y\n")
    assert message.startswith("表.yaml 第 4 行：")
    assert "此外还有 2 处：第 5 行" in message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title: &a 甲", "第 1 行：不允许锚点“&a”"),
        ("title: *a", "第 1 行"),
        ("a: 1\ntitle: !!python/object:os.system 甲", "第 2 行：不允许标签"),
        ("<<: {title: 甲}", "第 1 行：不允许合并键“<<”"),
        ("title: 甲\n---\ntitle: 乙\n", "第 2 行：一个文件里有多份内容"),
        ("? [a, b]\n: 1", "第 1 行：键必须是一个词"),
        ("title:\n\t- 甲", "缩进请用空格"),
        ('title: "甲', "引号没有配对"),
        ("title: 甲: 乙", "请给整段文字加上引号"),
        ("title：甲", "请把全角冒号“：”改为半角“: ”"),
        ("- 甲\n- 乙", "“2 项的列表”，应为“键: 值”"),
        ("title: 甲\x00乙", "看不见的控制字符"),
        ("a: " * 3 + "{" * 60, "第 1 行"),
        ("[" * 60 + "]" * 60, "层级太深"),
    ],
)
def test_what_hides_or_breaks_is_refused_with_the_remedy(text: str, expected: str) -> None:
    assert expected in refusal(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": 1,}', "请补上双引号，或删去多余的逗号"),
        ('{"a" 1}', "这里少了“:”"),
        ('{"a": 1} x', "结尾有多余的内容"),
        ('{"a": NaN}', "JSON 写法有误"),
        ('{"a": -Infinity}', "JSON 写法有误"),
        ("{'a': 1}", "请补上双引号"),
        ('{"a": “1”}', "文字要用半角双引号"),
        ('{"a": 1', "这里少了“,”"),
        ("", "JSON 写法有误"),
        ("[" * 60, "层级太深"),
    ],
)
def test_broken_json_is_refused_with_the_remedy(text: str, expected: str) -> None:
    with pytest.raises(ContentError, match=r"输入内容 第 1 行") as caught:
        load_json(text)
    assert expected in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        load_yaml(tmp_path / "没有.yaml", error=InputError)
    assert str(caught.value) == "没有.yaml：找不到文件。请核对文件名和所在文件夹。"


def test_a_file_in_another_encoding_says_how_to_save_it(tmp_path: Path) -> None:
    path = tmp_path / "表.yaml"
    path.write_bytes("a: 1\ntitle: 甲\n".encode("gb18030"))
    with pytest.raises(ContentError) as caught:
        load_yaml(path)
    assert str(caught.value) == (
        "表.yaml 第 2 行：文件不是 UTF-8 编码。请用记事本打开，另存为时把编码选为 UTF-8。"
    )


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "表.yaml"
    path.write_bytes("\ufefftitle: 甲\r\nlines: []\r\n".encode())
    assert load_yaml(path).value == {"title": "甲", "lines": []}


def test_a_huge_file_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    path = tmp_path / "大.yaml"
    path.write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(ContentError, match="文件太大"):
        load_yaml(path)


trees = st.recursive(
    st.text(max_size=8) | st.integers() | st.none() | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=12,
)


def as_text(value: object) -> object:
    if isinstance(value, dict):
        return {key: as_text(one) for key, one in value.items()}
    if isinstance(value, list):
        return [as_text(one) for one in value]
    words: dict[object, str] = {None: "", True: "true", False: "false"}
    return words[value] if value is None or isinstance(value, bool) else str(value)


@given(trees, st.sampled_from([None, 1]))
def test_any_json_is_read_as_the_standard_library_reads_it(tree: object, indent: int) -> None:
    text = json.dumps(tree, ensure_ascii=False, indent=indent)
    assert load_json(text).value == as_text(json.loads(text))


@given(st.text(max_size=200))
def test_no_text_whatever_breaks_the_readers(text: str) -> None:
    for load in (load_yaml, load_json):
        try:
            load(text, "表")
        except ContentError as error:
            assert str(error).startswith("表")  # noqa: PT017 - that it may pass is meant


@given(st.dictionaries(st.text(min_size=1, max_size=6), st.text(max_size=20)))
def test_quoted_yaml_is_read_as_written(entries: dict[str, str]) -> None:
    text = yaml.safe_dump(entries, allow_unicode=True, default_style='"')
    assert load_yaml(text).value == entries
