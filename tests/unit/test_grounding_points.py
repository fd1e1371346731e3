"""Points, counts of indicators and grades are held against the score sheet."""

import pytest
from tests.unit.grounding_reports import culture, found

from ziping.domain.grounding import ViolationKind as Kind

TRUE = [
    "自评总分96分，等级为优。",
    "自评96分，扣4分，评为“优”。",
    "产出指标分值50分，得49分，得分率98%。",
    "效益指标得27.78分，扣2.22分。",
    "数量指标得29分。",
    "新建防火隔离带得9分，扣1分。",
    "造林成活率得满分10分。",
    "共设6项三级指标，4项达到目标，2项未达到目标。",
    "6项指标中有4项得满分，两项被扣分。",
    "六项指标达标率为66.67%。",
    "得分96分，比90分高6分。",
    "90分（含）以上为优，80分（含）至90分为良。",
    "除新建防火隔离带和带动务工人数外，其他指标均达到目标值。",
    "扣分的指标有新建防火隔离带、带动务工人数等2项。",
]
FALSE = {
    "自评总分97分，等级为优。": Kind.POINTS,
    "自评总分96分，等级为良。": Kind.GRADE,
    "产出指标得50分。": Kind.POINTS,
    "产出指标分值49分，得50分。": Kind.POINTS,
    "共设7项三级指标。": Kind.COUNT,
    "6项指标中有5项达到目标。": Kind.COUNT,
    "总分96%。": Kind.RATE,
    "80分（含）至90分为优。": Kind.GRADE,
    "各项指标均达到目标值。": Kind.COMPARISON,
    "各项指标均得满分。": Kind.COMPARISON,
    "其余指标得满分，只有造林成活率扣分。": Kind.COMPARISON,
}


@pytest.mark.parametrize("sentence", TRUE)
def test_what_the_sheet_says_grounds(sentence: str) -> None:
    assert found(sentence) == set()


@pytest.mark.parametrize("sentence", FALSE)
def test_what_the_sheet_denies_is_reported(sentence: str) -> None:
    assert FALSE[sentence] in found(sentence)


def test_grades_follow_the_project_named() -> None:
    assert (
        found("博物馆免费开放得100分，等级为优；古籍修复得86.3分，等级为良。", culture()) == set()
    )
    assert Kind.GRADE in found("古籍修复得86.3分，等级为优。", culture())
