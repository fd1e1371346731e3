"""What the shipped knowledge and prompts promise."""

import re
import shutil
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from pydantic import BaseModel

import ziping.domain
from ziping.content.library import Content
from ziping.domain.errors import ContentError, NotFoundError
from ziping.domain.model import field_docstrings
from ziping.domain.rules import Level1, RuleSet


@pytest.fixture(scope="module")
def content(project_root: Path) -> Content:
    return Content(project_root)


@pytest.fixture
def copy(project_root: Path, tmp_path: Path) -> Path:
    """Return a copy of the content that a test may spoil."""
    for name in ("knowledge", "prompts"):
        shutil.copytree(project_root / name, tmp_path / name)
    return tmp_path


def rule_ids(content: Content) -> list[str]:
    return [one.id for one in content.rule_sets()]


# ---- rule sets ---------------------------------------------------------------------------------


def test_everything_shipped_agrees(content: Content) -> None:
    assert content.check() == []


def test_four_rule_sets_are_shipped(content: Content) -> None:
    assert rule_ids(content) == ["central-2021-101", "cn-2020-10", "hubei-2020-3", "hunan-2020-7"]


def test_the_national_set_is_10_50_30_10_with_bands_at_80_and_60(content: Content) -> None:
    rules = content.rule_set("cn-2020-10")
    assert rules.level1_weights[0].weights == {
        Level1.EXECUTION: Decimal(10),
        Level1.OUTPUT: Decimal(50),
        Level1.BENEFIT: Decimal(30),
        Level1.SATISFACTION: Decimal(10),
    }
    assert [band.at_least for band in rules.qualitative.bands] == [
        Decimal("0.8"),
        Decimal("0.6"),
        Decimal(0),
    ]
    assert [(one.title, one.at_least) for one in rules.grades] == [
        ("优", Decimal(90)),
        ("良", Decimal(80)),
        ("中", Decimal(60)),
        ("差", Decimal(0)),
    ]
    assert rules.over_achievement.threshold == Decimal("1.3")
    assert rules.valid_until is None


def test_hunan_says_that_its_text_was_not_seen(content: Content) -> None:
    rules = content.rule_set("hunan-2020-7")
    assert not rules.text_seen
    assert "正文未见" in rules.summary
    assert "三级指标分值合计须等于一级" in rules.summary
    assert rules.level1_weights == content.rule_set("cn-2020-10").level1_weights


def test_hubei_weighs_execution_20_and_judges_benefit_and_satisfaction_together(
    content: Content,
) -> None:
    rules = content.rule_set("hubei-2020-3")
    weights = rules.level1_weights[0]
    assert weights.weights[Level1.EXECUTION] == Decimal(20)
    assert sum(weights.weights[one] for one in weights.combined) == Decimal(40)
    assert rules.qualitative.bands[1].at_least == Decimal("0.5")
    assert rules.quantitative.reverse_basis.clause == "ejicaijifa-2020-3#计分公式"
    assert "可以不评级" in rules.summary


def test_central_weights_follow_cost_and_satisfaction(content: Content) -> None:
    rules = content.rule_set("central-2021-101")
    found = {
        (one.with_cost, one.with_satisfaction): one.weights[Level1.BENEFIT]
        for one in rules.level1_weights
    }
    assert found == {
        (True, True): Decimal(20),
        (True, False): Decimal(30),
        (False, True): Decimal(30),
        (False, False): Decimal(40),
    }
    assert rules.execution.bands == ()
    assert "执行率得分暂不能计算" in rules.summary


# ---- choosing ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "year", "chosen", "reason"),
    [
        ("湖南 怀化", 2023, "hunan-2020-7", "属于湖南，2023年12月31日有效的是“湖南省"),
        ("湖南省怀化市", 2023, "hunan-2020-7", "正文未见"),
        ("怀化", 2023, "hunan-2020-7", "属于湖南"),
        ("湖北省武汉市", 2023, "hubei-2020-3", "属于湖北"),
        ("中央", 2023, "central-2021-101", "执行率得分暂不能计算"),
        ("中央", 2020, "cn-2020-10", "中央的规则在这一年度并不有效"),
        ("云南省丽江市", 2023, "cn-2020-10", "没有收录云南自己的规则"),
        ("", 2023, "cn-2020-10", "没有填写地区，按全国规则"),
        ("   ", 2023, "cn-2020-10", "没有填写地区"),
        ("海南州", 2023, "cn-2020-10", "没有收录青海"),
        ("某某县", 2023, "cn-2020-10", "没有认出地区“某某县”（请带上省名"),
        ("湖南", 2018, "cn-2020-10", "没有收录在2018年12月31日有效的规则，暂用“全国"),
    ],
)
def test_place_and_year_choose_and_say_why(
    content: Content, place: str, year: int, chosen: str, reason: str
) -> None:
    choice = content.choose_rule_set(place, year)
    assert choice.rule_set.id == chosen
    assert reason in choice.reason
    assert choice.reason.endswith("。")


def test_a_rule_set_chosen_by_hand_wins(content: Content) -> None:
    choice = content.choose_rule_set("湖南", 2023, "cn-2020-10")
    assert choice.rule_set.id == "cn-2020-10"
    assert choice.reason.startswith("按填写的编号选用“全国项目支出绩效自评规则")
    late = content.choose_rule_set("湖南", 2019, "cn-2020-10")
    assert "在2019年12月31日并不有效，请核对" in late.reason


def test_an_unknown_rule_set_lists_the_known_ones(content: Content) -> None:
    with pytest.raises(ContentError) as caught:
        content.choose_rule_set("湖南", 2023, "hunan-2020")
    assert str(caught.value).startswith(
        "没有编号为“hunan-2020”的评分规则。是否想写 hunan-2020-7？可选：central-2021-101（中央）、"
    )


def test_a_repealed_set_gives_way_to_its_successor(copy: Path) -> None:
    rules = copy / "knowledge" / "rules"
    old = (rules / "hunan-2020-7.yaml").read_text(encoding="utf-8")
    (rules / "hunan-2025-1.yaml").write_text(
        old.replace("id: hunan-2020-7", "id: hunan-2025-1").replace("2020-01-01", "2025-06-01"),
        encoding="utf-8",
    )
    (rules / "hunan-2020-7.yaml").write_text(
        old.replace("valid_until:", "valid_until: 2025-05-31"), encoding="utf-8"
    )
    content = Content(copy)
    chosen = [content.choose_rule_set("湖南", year).rule_set.id for year in (2024, 2025)]
    assert chosen == ["hunan-2020-7", "hunan-2025-1"]


# ---- what the check finds ----------------------------------------------------------------------


def spoil(root: Path, name: str, old: str, new: str) -> list[str]:
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return Content(root).check()


NATIONAL = "knowledge/rules/cn-2020-10.yaml"


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        (
            NATIONAL,
            "效益指标: 30",
            "效益指标: 29",
            r"cn-2020-10.yaml 第 \d+ 行：一级指标分值合计 99",
        ),
        (
            NATIONAL,
            "效益指标: 30",
            "效益: 30",
            r"第 \d+ 行：.*效益.*不能写“效益”。是否想写 效益指标",
        ),
        (NATIONAL, "#第十三条", "#第九十条", r"第 \d+ 行：条款“caiyu-2020-10#第九十条”不存在"),
        (NATIONAL, "[caiyu-2020-10,", "[caiyu-2099-1,", "政策文件“caiyu-2099-1”不存在"),
        (NATIONAL, "below: 0.8", "below: 0.7", "“部分达成”档的上界 below 应写 0.8"),
        (NATIONAL, "中, at_least: 60", "中, at_least: 85", "等级的起点应从高到低排列"),
        (NATIONAL, "差, at_least: 0", "差, at_least: 10", "等级的起点最后一项应为 0"),
        (
            NATIONAL,
            "low_threshold: 0.8",
            "low_treshold: 0.8",
            "不认识的键“low_treshold”。是否想写 low",
        ),
        (
            NATIONAL,
            "kind: linear_capped",
            "kind: linear",
            "不能写“linear”.*可选：linear_capped、banded",
        ),
        (NATIONAL, "id: cn-2020-10", "id: cn-2020", "id“cn-2020”与文件名“cn-2020-10”不一致"),
        (
            NATIONAL,
            "certainty: corroborated",
            "certainty: seen",
            "高于条款 .* 的“有旁证，待核对原文”",
        ),
        (
            "knowledge/rules/central-2021-101.yaml",
            "share: 0.5",
            "share: 5",
            "份额 share 应在 0 到 1",
        ),
        (
            "knowledge/outlines/project.yaml",
            "depends_on: [",
            "depends_on: [zzz, ",
            "“zzz”不在它前面",
        ),
        ("knowledge/outlines/project.yaml", "materials: [", "materials: [zzz, ", "材料“zzz”没有在"),
        (
            "knowledge/outlines/project.yaml",
            "fallback: ",
            "fallback: zzz.",
            r"模板“zzz\..*找不到文件",
        ),
        (
            "knowledge/frameworks/national.yaml",
            "#附件2",
            "#附件9",
            "条款“caiyu-2020-10#附件9”不存在",
        ),
        ("knowledge/lexicon.yaml", "harm_words", "harmwords", "是否想写 harm_words"),
    ],
)
def test_the_check_names_what_is_wrong(
    copy: Path, name: str, old: str, new: str, expected: str
) -> None:
    messages = spoil(copy, name, old, new)
    assert [one for one in messages if re.search(expected, one)], messages
    assert all("第" in one and not re.search(r"[Ii]nput|should|valid ", one) for one in messages)


def test_a_clause_cited_in_a_prompt_must_exist(copy: Path) -> None:
    (copy / "prompts" / "某提示.md").write_text(
        "见\n[[caiyu-2020-10#第一百条]]\n", encoding="utf-8"
    )
    (message,) = Content(copy).check()
    assert message == (
        "prompts/某提示.md 第 2 行：条款“caiyu-2020-10#第一百条”不存在，请核对编号，"
        "或在 knowledge/policies/caiyu-2020-10.md 中补上这一条。"
    )


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="knowledge/rules：找不到文件夹"):
        Content(tmp_path).rule_sets()
    assert any("knowledge/policies：找不到文件夹" in one for one in Content(tmp_path).check())


# ---- clauses, templates, digest ----------------------------------------------------------------


def test_a_clause_is_found_by_its_id(content: Content) -> None:
    assert content.clause("caiyu-2020-10#第十六条").article == "第十六条"
    assert content.document_of("caiyu-2020-10#第十六条").number == "财预〔2020〕10号"
    assert content.documents()["system-defaults"].status == "本系统默认"
    for unknown in ("caiyu-2020-10#第九十条", "zzz#第一条", "zzz"):
        with pytest.raises(NotFoundError, match="没有编号为"):
            content.clause(unknown)


@pytest.mark.parametrize("name", ["../system", "/etc/passwd", "a/../../b", "", "甲"])
def test_a_template_cannot_lead_out_of_its_folder(content: Content, name: str) -> None:
    with pytest.raises(ContentError, match="不合要求"):
        content.fallback(name)


def test_the_digest_changes_with_what_it_covers(copy: Path) -> None:
    before = Content(copy)
    hunan, national = before.digest("hunan-2020-7", "project"), before.digest("cn-2020-10")
    spoil(copy, NATIONAL, "threshold: 1.3", "threshold: 1.5")
    after = Content(copy)
    assert after.digest("hunan-2020-7", "project") == hunan
    assert after.digest("cn-2020-10") != national


def test_the_framework_covers_the_four_dimensions(content: Content) -> None:
    items = content.framework().items
    assert list(dict.fromkeys(one.level1 for one in items)) == ["决策", "过程", "产出", "效益"]
    assert all(3 <= len(one.points) <= 5 for one in items)
    assert [one.id for one in items if one.formula][:2] == [
        "process.receipt_rate",
        "process.execution_rate",
    ]


def test_no_rule_is_written_without_its_basis(content: Content) -> None:
    def bases(record: BaseModel) -> Iterator[str]:
        for name in type(record).model_fields:
            value = getattr(record, name)
            if name.endswith("basis"):
                yield value.clause
            elif isinstance(value, BaseModel):
                yield from bases(value)

    rule_set: RuleSet
    for rule_set in content.rule_sets():
        assert all(content.clause(clause).text for clause in bases(rule_set))


# ---- terms -------------------------------------------------------------------------------------

CHINESE = re.compile(r"\(([\u4e00-\u9fff][^()]*)\)")


def snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def domain_classes() -> Iterator[type]:
    for info in iter_modules(ziping.domain.__path__):
        module = import_module(f"ziping.domain.{info.name}")
        for value in vars(module).values():
            if isinstance(value, type) and value.__module__ == module.__name__:
                yield value


def described(name: str) -> list[str]:
    """Return every docstring the domain gives to an identifier."""
    texts = []
    for cls in domain_classes():
        if snake(cls.__name__) == name:
            texts.append(cls.__doc__ or "")
        if issubclass(cls, BaseModel) and name in cls.model_fields:
            texts.append(field_docstrings(cls).get(name, ""))
        own = vars(cls).get(name)
        if isinstance(own, property):
            texts.append(own.__doc__ or "")
    return texts


def test_every_term_is_the_one_the_code_uses(content: Content) -> None:
    for name, term in content.terms().terms.items():
        texts = described(name)
        assert texts, f"knowledge/terms.yaml：{name} 在 ziping.domain 里没有"
        parts = term.split("、")
        found = [text for text in texts if all(part in text for part in parts)]
        assert found, f"{name}：代码里写的不是“{term}”"


def test_every_record_of_the_domain_is_in_the_list_of_terms(content: Content) -> None:
    terms = content.terms().terms
    missing = {
        snake(cls.__name__): match[1]
        for cls in domain_classes()
        if issubclass(cls, BaseModel | StrEnum)
        # A finding's place is a position in the table, a report's place a region.
        and cls.__name__ != "Place"
        and (match := CHINESE.search(cls.__doc__ or ""))
        and terms.get(snake(cls.__name__)) != match[1]
    }
    assert missing == {}, "请在 knowledge/terms.yaml 里补上或改成一致"


def test_each_file_is_read_once(content: Content) -> None:
    assert content.rule_set("cn-2020-10") is content.rule_set("cn-2020-10")
