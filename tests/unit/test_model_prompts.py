"""Prompts are read strictly; the shipped ones are complete; settings name a model."""

import re
from pathlib import Path

import pytest

from ziping.config import load_settings
from ziping.content.library import Content
from ziping.content.prompt_files import KNOWN, read_prompts
from ziping.domain.errors import ContentError

ROOT = Path(__file__).resolve().parents[2]
GOOD = "---\npurpose: 试\nvariables: [heading]\n---\n写“$heading”。\n"
BASE = {
    f"prompts/{name}.md": text
    for name, text in {
        "system": "---\npurpose: 试\nvariables: []\n---\n规矩。\n",
        "repair": "---\npurpose: 试\nvariables: [sentences, missing]\n---\n$sentences $missing\n",
        "instruction": "---\npurpose: 试\nvariables: [instruction]\n---\n$instruction\n",
    }.items()
} | {
    f"prompts/{name}.md": f"---\npurpose: 试\nvariables: [{', '.join(sorted(taken))}]\n---\n试"
    + "".join(f"${one} " for one in sorted(taken))
    for name, taken in KNOWN.items()
    if name.startswith("chat/")
}


def test_every_section_with_a_text_has_a_prompt_with_all_its_parts() -> None:
    content = Content(ROOT)
    for section in content.outline("project").sections:
        if not section.fallback:
            continue
        body = content.model_prompts[f"sections/{section.id}"].body
        for part in (
            "必须写：",
            "不要写：",
            "篇幅：",
            "好的写法：",
            "不好的写法：",
            "$facts",
            "$draft",
        ):
            assert part in body, (section.id, part)
        assert ("$clauses" in body) == bool(section.queries)
        assert ("$materials" in body) == bool(section.materials)
        assert ("$earlier" in body) == bool(section.depends_on)
        assert not re.findall(r"\{\{(?!例\.|unit|year|rule\.|编号)[^}]*\}\}", body), section.id


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("写。", "第 1 行：文件没有用两行“---”括起来的文件信息"),
        (GOOD.replace("purpose: 试\n", ""), "缺少 "),
        (GOOD.replace("$heading", "标题"), "第 3 行：声明了正文没有用的变量：heading"),
        (GOOD.replace("。", "$facts。"), "第 3 行：正文用了没有声明的变量：facts"),
        (GOOD.replace("heading", "nonsense"), "程序不提供这个变量：nonsense"),
        (GOOD.replace("。", "。$"), "第 5 行：有不完整的 $ 占位符"),
        (GOOD.replace("purpose", "porpose"), "不认识的键"),
        ("---\npurpose: 试\n---\n\n", "没有正文"),
    ],
)
def test_a_mistake_in_a_prompt_names_file_line_and_remedy(text: str, told: str) -> None:
    with pytest.raises(ContentError) as raised:
        read_prompts(BASE | {"prompts/sections/甲.md": text})

    assert raised.value.where.startswith("prompts/sections/甲.md 第 ")
    assert told in str(raised.value)
    assert raised.value.remedy


def test_a_missing_prompt_is_named() -> None:
    with pytest.raises(ContentError, match=r"prompts/system\.md：缺少提示词文件"):
        read_prompts({key: text for key, text in BASE.items() if "system" not in key})


def test_a_model_is_configured_by_its_name_with_an_address_or_a_key() -> None:
    assert load_settings({}).model is None
    assert load_settings({"OPENAI_MODEL": "qwen"}).model is None
    assert load_settings({"OPENAI_BASE_URL": "http://x/v1"}).model is None
    local = load_settings({"OPENAI_MODEL": "qwen", "OPENAI_BASE_URL": "http://x/v1/"}).model
    assert local is not None
    assert (local.base_url, local.api_key, local.concurrency, local.timeout_s) == (
        "http://x/v1",
        "",
        4,
        60,
    )
    public = load_settings({"OPENAI_MODEL": "m", "OPENAI_API_KEY": "sk-1"}).model
    assert public is not None
    assert public.base_url.startswith("https://")
    assert "sk-1" not in repr(public)


@pytest.mark.parametrize(
    ("concurrency", "timeout", "expected"),
    [
        ("2", "7.5", (2, 7.5)),
        ("0", "-1", (4, 60)),
        ("viel", "", (4, 60)),
        ("1000", "1e9", (64, 3600)),
    ],
)
def test_bounds_are_kept_within_reason(
    concurrency: str, timeout: str, expected: tuple[int, float]
) -> None:
    model = load_settings(
        {
            "OPENAI_MODEL": "m",
            "OPENAI_API_KEY": "k",
            "ZIPING_MODEL_CONCURRENCY": concurrency,
            "ZIPING_MODEL_TIMEOUT": timeout,
        }
    ).model
    assert model is not None
    assert (model.concurrency, model.timeout_s) == expected
