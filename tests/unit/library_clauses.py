"""Small made-up clauses for the tests of the policy library's index."""

from ziping.domain.library import LibraryClause, Origin
from ziping.domain.rules import Certainty


def clause(  # noqa: PLR0913 - one keyword per field a test may care about
    text: str,
    *,
    document_id: str = "banfa",
    document: str = "项目支出评价办法",
    article: str = "第一条",
    number: str = "",
    title: str = "",
    status: str = "现行",
    jurisdiction: str = "全国",
    date: str = "2020-02-25",
    origin: Origin = Origin.DIGEST,
    questions: tuple[str, ...] = (),
) -> LibraryClause:
    """Return a clause with what a test does not care about filled in."""
    return LibraryClause(
        id=f"{document_id}#{article}",
        document_id=document_id,
        document=document,
        number=number,
        article=article,
        title=title,
        text=text,
        status=status,
        jurisdiction=jurisdiction,
        date=date,
        certainty=Certainty.SEEN,
        origin=origin,
        questions=questions,
    )


def small_library() -> list[LibraryClause]:
    """Return a library of five documents and ten clauses."""
    rules = {
        "第十三条": "自评指标是批复时定下的指标，一级指标的分值原则上统一。",
        "第十六条": "定量指标没有完成的，按完成值与指标值的比例计分。",
        "第十八条": "总分一百分，九十分以上为优。",
    }
    budget = {
        "第十三条": "没有列入预算的不得支出。",
        "第五十七条": "各部门应当对预算支出情况开展绩效评价。",
    }
    buying = {
        "第二十八条": "不得将应当公开招标的采购化整为零。",
        "第四十二条": "采购文件从采购结束之日起至少保存十五年。",
    }
    return [
        *(
            clause(text, document_id="caiyu", number="财预〔2020〕10号", article=article)
            for article, text in rules.items()
        ),
        *(
            clause(text, document_id="yusuan", document="中华人民共和国预算法", article=article)
            for article, text in budget.items()
        ),
        *(
            clause(text, document_id="caigou", document="中华人民共和国政府采购法", article=article)
            for article, text in buying.items()
        ),
        clause(
            "三级指标的分值由单位在一级指标分值之内分配。",
            document_id="xiang",
            document="湖南省预算支出绩效评价管理办法",
            number="湘财绩〔2020〕7号",
            article="分值分配",
            jurisdiction="湖南",
            questions=("三级指标分值谁来定",),
        ),
        clause(
            "湖北的执行率占二十分，一级指标的分值另有规定。",
            document_id="hubei",
            document="湖北自评办法",
            article="分值结构",
            jurisdiction="湖北",
        ),
        clause(
            "旧的评价办法规定定量指标按完成比例计分。",
            document_id="old",
            document="旧评价办法",
            article="第五条",
            status="已废止",
            date="2011-04-02",
        ),
    ]
