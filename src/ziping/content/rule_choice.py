"""Which rule set a place and a fiscal year get, and why (规则选择)."""

from datetime import date
from difflib import get_close_matches

from ziping.content.places import Places
from ziping.domain.errors import ContentError
from ziping.domain.rules import RuleChoice, RuleSet

NATIONAL = "全国"


def choose(
    rule_sets: tuple[RuleSet, ...],
    places: Places,
    place: str,
    fiscal_year: int,
    rule_set_id: str = "",
) -> RuleChoice:
    """Return the rule set for a place and year, or the one named by hand, with the reason.

    The set in force on the last day of the fiscal year counts; a place without one gets the
    national set. A year before every set gets the earliest national one, and is told so.

    Raises:
        ContentError: A rule set named by hand is not there, or there is no national set at all.
    """
    day = date(fiscal_year, 12, 31)
    if rule_set_id.strip():
        return _by_hand(named(rule_sets, rule_set_id.strip()), day)
    jurisdiction = places.jurisdiction(place) or NATIONAL
    local = _in_force(rule_sets, jurisdiction, day)
    if local and jurisdiction != NATIONAL:
        rule_set = local[0]
        return _choice(
            rule_set, f"地区“{place.strip()}”属于{jurisdiction}，{_since(rule_set, day)}"
        )
    lead = _why_national(rule_sets, places, place)
    national = _in_force(rule_sets, NATIONAL, day)
    if national:
        return _choice(national[0], f"{lead}，{_since(national[0], day)}")
    return _before_any(rule_sets, lead, day)


def named(rule_sets: tuple[RuleSet, ...], rule_set_id: str) -> RuleSet:
    """Return the rule set with an id; the known ones are told when there is none."""
    found = next((one for one in rule_sets if one.id == rule_set_id), None)
    if found:
        return found
    near = get_close_matches(rule_set_id, [one.id for one in rule_sets], n=1)
    listed = "、".join(f"{one.id}（{one.jurisdiction}）" for one in rule_sets)
    raise ContentError(
        f"没有编号为“{rule_set_id}”的评分规则",
        remedy=(f"是否想写 {near[0]}？" if near else "")
        + f"可选：{listed}；留空则按地区和年度自动选择",
    )


def _by_hand(rule_set: RuleSet, day: date) -> RuleChoice:
    """Return the choice of a rule set that a person named."""
    reason = f"按填写的编号选用“{rule_set.title}”"
    if not rule_set.is_in_force(day):
        reason += f"，但它在{_spoken(day)}并不有效，请核对"
    return _choice(rule_set, reason)


def _in_force(rule_sets: tuple[RuleSet, ...], jurisdiction: str, day: date) -> list[RuleSet]:
    """Return a jurisdiction's sets in force on a day, the newest first."""
    found = [one for one in rule_sets if one.jurisdiction == jurisdiction and one.is_in_force(day)]
    return sorted(found, key=lambda one: (one.valid_from, one.id), reverse=True)


def _why_national(rule_sets: tuple[RuleSet, ...], places: Places, place: str) -> str:
    """Return why no place's own set is used."""
    jurisdiction = places.jurisdiction(place)
    if not place.strip():
        return "没有填写地区，按全国规则"
    if jurisdiction == NATIONAL:
        return "填写的地区是全国"
    if not jurisdiction:
        return f"没有认出地区“{place.strip()}”（请带上省名，如“湖南 怀化”），暂按全国规则"
    if any(one.jurisdiction == jurisdiction for one in rule_sets):
        return f"{jurisdiction}的规则在这一年度并不有效，按全国规则"
    return f"没有收录{jurisdiction}自己的规则（当地通知另有规定的以通知为准），按全国规则"


def _before_any(rule_sets: tuple[RuleSet, ...], lead: str, day: date) -> RuleChoice:
    """Return the national set nearest to a day on which none was in force."""
    national = [one for one in rule_sets if one.jurisdiction == NATIONAL]
    if not national:
        raise ContentError(
            "没有全国的评分规则",
            where="knowledge/rules",
            remedy=f"请恢复随软件提供的规则文件，或补一份 jurisdiction 为“{NATIONAL}”的规则",
        )
    first = min(national, key=lambda one: abs((one.valid_from - day).days))
    return _choice(
        first,
        f"{lead}；但本系统没有收录在{_spoken(day)}有效的规则，"
        f"暂用“{first.title}”（{_spoken(first.valid_from)}起施行），请核对当年的规定",
    )


def _since(rule_set: RuleSet, day: date) -> str:
    """Return that a set was in force on a day, in words."""
    return f"{_spoken(day)}有效的是“{rule_set.title}”"


def _spoken(day: date) -> str:
    """Return a day in words."""
    return f"{day.year}年{day.month}月{day.day}日"


def _choice(rule_set: RuleSet, reason: str) -> RuleChoice:
    """Return the choice, with what is not known about the set added to its reason."""
    if not rule_set.text_seen:
        reason += "；文件正文未见，参数的把握程度见各行依据，用前请核对原文"
    if rule_set.execution.kind == "banded" and not rule_set.execution.bands:
        reason += "；执行率的分档未见，执行率得分暂不能计算，请在规则文件中补上分档，或由人给分"
    return RuleChoice(rule_set=rule_set, reason=f"{reason}。")
