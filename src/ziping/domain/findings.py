"""What the checks report (校验发现)."""

from decimal import Decimal
from enum import StrEnum

from ziping.domain.model import Record


class Severity(StrEnum):
    """How grave a finding is."""

    ERROR = "错误"
    """Blocks 定稿 unless overridden with a reason."""
    WARNING = "警告"
    NOTE = "提示"


class Family(StrEnum):
    """What a finding is about (校验类别)."""

    ARITHMETIC = "计算"
    WEIGHTS = "分值"
    FUNDS = "资金"
    TARGETS = "指标"
    DEVIATIONS = "偏差说明"
    OVERSCORING = "自评虚高"
    PREVIOUS = "上年比较"
    TEXT = "文表一致"
    COMPLETENESS = "完整性"
    FORMAT = "格式"
    CITATIONS = "引用"
    WORDING = "措辞"


class Place(Record):
    """Where a finding is (位置)."""

    path: str
    """Field path, e.g. `p1/funds/total/printed/rate` or `p1/indicators/i3/target`."""
    label: str
    """The same in words, e.g. 项目资金 · 年度资金总额 · 执行率."""
    source: str = ""
    """Where it stands in the file that was checked: 第43行, 表1 第5行第2列, 第三章（四）第1段."""
    line: int | None = None
    """Line of a text file, from 1; None where files have no lines."""
    quote: str = ""
    """The sentence or cell as written there."""


class Finding(Record):
    """One finding: what, where, why, what to do (校验发现)."""

    id: str
    """Stable: rule id, then the place, e.g. `funds.rate_base:p1/funds/total`."""
    severity: Severity
    family: Family
    title: str
    """A few words."""
    message: str
    """What is wrong, with the figures and the arithmetic."""
    where: Place
    why: str
    """The clause or the arithmetic behind it, in words."""
    clause: str = ""
    """Clause id, blank when plain arithmetic."""
    remedy: str
    """What to do, as a Chinese request."""


class MissingItem(Record):
    """Something still to be obtained, and from whom (还缺什么、找谁要)."""

    field: str
    """What is missing, in a few words, e.g. 预算调整依据."""
    why: str
    """What cannot be done without it."""
    ask: str
    """Whom to ask, e.g. 财务股."""
    where: Place
    """Where to enter it."""
    points: Decimal = Decimal(0)
    """Points that hang on it; 0 where no points do."""
