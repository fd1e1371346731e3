"""An answer is read in whatever wrapping and pieces it comes."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ziping.drafting.model.reading import AnswerReader
from ziping.drafting.model.sentences import SentenceParter, cleaned, is_foreign

PARAGRAPHS = ["全年执行{{p1.executed}}。“执行率”为{{p1.rate}}。", "其中：①甲；②乙。"]
CLEAN = json.dumps({"paragraphs": PARAGRAPHS}, ensure_ascii=False)
WRAPPINGS = {
    "plain JSON": CLEAN,
    "escaped": json.dumps({"paragraphs": PARAGRAPHS}),
    "fenced": f"```json\n{CLEAN}\n```",
    "fenced with words": f"好的，如下：\n```\n{CLEAN}\n```\n以上。",
    "reasoned": f'<think>先想{{"a": 1}}一想。</think>\n{CLEAN}',
    "end of reasoning only": f"先想一想。</think>{CLEAN}",
    "objects": json.dumps({"paragraphs": [{"text": one} for one in PARAGRAPHS]}),
    "bare list": json.dumps(PARAGRAPHS, ensure_ascii=False),
    "with other keys": json.dumps({"title": "无关", "paragraphs": PARAGRAPHS, "note": "无关"}),
    "text": "\n".join(PARAGRAPHS),
    "fenced text": "```\n" + "\n".join(PARAGRAPHS) + "\n```",
    "not closed": CLEAN[:-2],
}


def read(text: str, size: int) -> list[str]:
    """Return the paragraphs of an answer that comes in pieces of a size."""
    reader, out, restarts = AnswerReader(), "", 0
    for at in range(0, len(text), size):
        new = reader.feed(text[at : at + size])
        if reader.restarts > restarts:
            out, restarts = "", reader.restarts
        out += new
    out += reader.close()
    return [one.strip() for one in out.split("\n") if one.strip()]


@pytest.mark.parametrize("wrapping", WRAPPINGS)
@pytest.mark.parametrize("size", [1, 3, 7, 1000])
def test_paragraphs_are_found_in_every_wrapping(wrapping: str, size: int) -> None:
    assert read(WRAPPINGS[wrapping], size) == PARAGRAPHS


@settings(deadline=None)  # other work on the machine is no fault of the text
@given(
    st.lists(
        st.text(
            st.characters(exclude_characters="\n\r\x0b\x0c`", exclude_categories=["Cs", "Cc"]),
            min_size=1,
        ),
        min_size=1,
    ),
    st.integers(1, 9),
    st.booleans(),
)
def test_any_paragraphs_come_through_json(texts: list[str], size: int, ascii_only: bool) -> None:  # noqa: FBT001 - drawn
    told = [f"甲{one}乙。" for one in texts]
    answer = json.dumps({"paragraphs": told}, ensure_ascii=ascii_only)
    if any('"' in one for one in told):
        return  # a quote before a comma may be read as the end: the sentence is lost, not changed

    reader = AnswerReader()
    out = "".join(reader.feed(answer[at : at + size]) for at in range(0, len(answer), size))
    assert out == "".join(f"{one}\n" for one in told)


def test_quotes_that_a_model_forgot_to_escape_stay_in_the_sentence() -> None:
    assert read('{"paragraphs": ["他们说"很好"也没有用。"]}', 2) == ['他们说"很好"也没有用。']


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "object", "properties": {"paragraphs": {"type": "array"}}},
        {"$schema": "x", "required": ["paragraphs"]},
    ],
)
def test_a_repeated_schema_is_recognised_and_gives_no_text(schema: dict[str, object]) -> None:
    reader = AnswerReader()
    assert not reader.feed(json.dumps(schema)).strip()
    assert reader.is_schema


@settings(deadline=None)  # other work on the machine is no fault of the text
@given(st.text(alphabet="甲乙。！？“”（）\n1{}", max_size=60), st.integers(1, 5))
def test_parting_into_sentences_loses_nothing(text: str, size: int) -> None:
    parter = SentenceParter()
    found = []
    for at in range(0, len(text), size):
        found += parter.feed(text[at : at + size])
    found += parter.close()

    assert "".join(one.text for one in found) == "".join(text.split())


def test_a_stop_inside_quotes_ends_no_sentence() -> None:
    parter = SentenceParter()
    found = parter.feed("写着“可持续。完成。”的指标（见附件。）得8分。扣2分。")

    assert [one.text for one in found] == [
        "写着“可持续。完成。”的指标（见附件。）得8分。",
        "扣2分。",
    ]


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("**支出**完成。", "支出完成。"),
        ("<b>支出</b><script src='x'>完成。", "支出完成。"),
        ("<<b>script>支出</script>。", "支出。"),
        ("详见[附件](http://a.b/c.docx)和https://x.y/z?q=1。", "详见附件和。"),
        ("### 支出 完成 。", "支出完成。"),
        ("支\u200b出\u202e完成。", "支出完成。"),
        ("满意度<90%，投诉>3件。", "满意度<90%，投诉>3件。"),
    ],
)
def test_what_prose_has_not_is_taken_out(dirty: str, clean: str) -> None:
    assert cleaned(dirty) == clean


def test_english_is_told_from_chinese_with_tokens_and_names() -> None:
    assert is_foreign("The project was completed in time.")
    assert not is_foreign("{{p1.execution_rate}}、{{p1.rate_on_initial}}均已写明。")
    assert not is_foreign("系统采用VPN和IPv6技术建成，运行稳定。")
