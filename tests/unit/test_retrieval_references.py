"""Documents and articles named in a query are recognised however people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ziping.retrieval.characters import normalise
from ziping.retrieval.numerals import article_key, to_number
from ziping.retrieval.references import Catalog
from ziping.retrieval.titles import NamedDocument

CATALOG = Catalog(
    NamedDocument(name, normalise(title), normalise(number))
    for name, title, number in (
        ("caiyu10", "项目支出绩效评价管理办法", "财预〔2020〕10号"),
        (
            "caiyu101",
            "中央部门项目支出核心绩效目标和指标设置及取值指引（试行）",
            "财预〔2021〕101号",
        ),
        ("xiang10", "关于全面实施预算绩效管理的实施意见", "湘办发〔2019〕10号"),
        ("xiang7", "湖南省预算支出绩效评价管理办法", "湘财绩〔2020〕7号"),
        ("budget", "中华人民共和国预算法", ""),
        ("budget-rules", "中华人民共和国预算法实施条例", "国务院令第729号"),
        ("buying", "中华人民共和国政府采购法", ""),
        ("buying-rules", "中华人民共和国政府采购法实施条例", "国务院令第658号"),
        ("tender", "中华人民共和国招标投标法", ""),
        ("fines", "财政违法行为处罚处分条例", "国务院令第427号"),
    )
)


@pytest.mark.parametrize(
    ("query", "documents", "articles"),
    [
        ("财预10号", {"caiyu10"}, ()),
        ("财预[2020]10号", {"caiyu10"}, ()),
        ("财预〔2020〕10号第十六条", {"caiyu10"}, ("16",)),
        ("财预﹝２０２０﹞１０号 第16条", {"caiyu10"}, ("16",)),
        ("财预2020年10号附件2是啥", {"caiyu10"}, ("附件2",)),
        ("财预2020 10", {"caiyu10"}, ()),
        ("10号文第五条", {"caiyu10", "xiang10"}, ("5",)),
        ("湘财绩7号管什么", {"xiang7"}, ()),
        ("湘财绩 打几分", {"xiang7"}, ()),
        ("预算法57条", {"budget"}, ("57",)),
        ("《预算法》第五十七条和第十三条", {"budget"}, ("57", "13")),
        ("预算法实施条例第二十条", {"budget-rules"}, ("20",)),
        ("条例第二十条", {"budget-rules", "buying-rules", "fines"}, ("20",)),
        ("658号令第三十条", {"buying-rules"}, ("30",)),
        ("国务院令427号第九条", {"fines"}, ("9",)),
        ("国务院729号令", {"budget-rules"}, ()),
        ("政采法 谁来验收", {"buying"}, ()),
        ("采购法实施条例50条", {"buying-rules"}, ("50",)),
        ("招投标法第4条", {"tender"}, ("4",)),
        ("财违条例", {"fines"}, ()),
        ("核心指标指引里成本多少分", {"caiyu101"}, ()),
        ("第十六条", set(), ("16",)),
    ],
)
def test_a_shortened_name_finds_its_document(
    query: str, documents: set[str], articles: tuple[str, ...]
) -> None:
    found = CATALOG.read(normalise(query))

    assert (documents, articles) == (set(found.documents), found.articles)


@pytest.mark.parametrize(
    "query", ["8月10号之前交", "没办法", "写了3条建议", "3号楼", "评价方法有几种", "", "财预20号"]
)
def test_ordinary_words_name_no_document(query: str) -> None:
    found = CATALOG.read(normalise(query))

    assert (set(), ()) == (set(found.documents), found.articles)


@given(st.integers(1, 999))
def test_chinese_and_arabic_article_numbers_are_the_same(number: int) -> None:
    assert number == to_number(_chinese(number))
    assert article_key(f"第{number}条") == article_key(f"第{_chinese(number)}条")


@given(st.text(max_size=60))
def test_any_text_can_be_read_for_references(text: str) -> None:
    CATALOG.read(normalise(text))


@pytest.mark.parametrize(
    ("article", "key"),
    [("第五十七条", "57"), ("第五十七条之一", "57-1"), ("附件2", "附件2"), ("权重", "权重")],
)
def test_articles_without_a_number_keep_their_words(article: str, key: str) -> None:
    assert key == article_key(article)


def _chinese(number: int) -> str:
    """Return a number below 1000 in Chinese figures."""
    digits = "零一二三四五六七八九"
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else digits[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (digits[ones] if ones else "")
