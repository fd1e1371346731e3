"""Whether units are called by their names: another's, cut short, altered (名称核对)."""

import re
from collections.abc import Iterator

from ziping.domain.evaluation import Report
from ziping.domain.grounding import ViolationKind
from ziping.domain.policy import PolicyDocument
from ziping.drafting.figures import to_inline
from ziping.drafting.grounding.likeness import distance, distance_at_end
from ziping.drafting.grounding.problem import Problem
from ziping.drafting.grounding.segments import Sentence, plain_text
from ziping.drafting.grounding.user_texts import UserTexts

_SUFFIX = (
    "局|厅|委员会|办公室|中心|医院|学校|中学|小学|大学|学院|研究院|研究所|公司|法院"
    "|检察院|管理处|总站|支队|大队|服务站|管理站|基建站|监测站|保健院|图书馆|博物馆"
)
_PLACE = "省|市|县|区|州|盟|旗"
_FULL = re.compile(
    rf"(?:某[\u4e00-\u9fff]{{0,2}}?|(?:(?![的了是据按由在和与及向从经为对])[\u4e00-\u9fff]){{2,4}}?)(?:{_PLACE})"
    rf"(?:(?![的了在为由和与及对将把是等按已经向从于至到被让给])[\u4e00-\u9fff]){{2,14}}?(?:{_SUFFIX})"
)
_ALIAS = re.compile(rf"^某?[\u4e00-\u9fff]{{0,4}}?(?:{_PLACE})")
_LOCAL = re.compile(rf"^[\u4e00-\u9fff]{{1,4}}?(?P<rest>(?:{_PLACE})[\u4e00-\u9fff]{{3,}})$")
_NO_PLACE_BEFORE = "(?<![\u4e00-\u9fff])|(?<=[由被向经在是为和与及对把将同以从即系该按据会等])"
_OTHER_PLACE = re.compile(
    rf"(?:(?![全本我各该同外每为由是在和与对的])[\u4e00-\u9fff]){{1,3}}(?:{_PLACE})$"
)
_COMMON = re.compile(
    "^[\u4e00-\u9fff]{0,3}?(?:全|本|我|各|该|同|外|每|县市|市县|项目区|社区|园区|辖区|片区|灾区|库区|景区|校区|城区|市区|县区|地区|小区|服务区|开发区|示范区|上级)"
)
_FINANCE = re.compile("财政(?:厅|局)|人民政府|党委|市委|县委|区委|国库支付中心|国库集中支付")
_SLOT = re.compile(
    "(?P<slot>实施单位|主管部门|被评价单位|编报单位|自评单位|项目单位|预算单位)(?:名称)?(?:分别)?(?:为|是|：|系)(?P<name>[^，。；、（）“”\n＿和及]{2,40})"
)
_REVERSE = re.compile(
    "(?P<name>[^，。；、（）“”\n＿和及由]{4,30})(?:是|为)(?:本|该)?(?:项目的?)?(?P<slot>实施单位|主管部门)"
)
_NAMELESS = re.compile("某?某?(?:省|市|县|区)?(?:主管)?(?:部门|单位|机构)")
_WORD = re.compile("[\u4e00-\u9fff（）]+")
_SHORTEST = 4
_AFTER_SHORT = re.compile(
    r"\d{4}年|负责|承担|为实施|是项目|本级|组织实施|具体实施|[，。；、]|和|与|及"
)
_SLOT_FIELDS = {"实施单位": "implementing_unit", "主管部门": "competent_department"}
_GENERAL = re.compile(
    "本单位|我单位|本中心|我中心|本局|我局|本级|中心|上述|同一|业务|财政|各|自身|一个"
)


class OrganisationCheck:
    """Holds the names of units against those the report knows."""

    def __init__(
        self, report: Report, documents: dict[str, PolicyDocument], texts: UserTexts
    ) -> None:
        """Collect the names."""
        self._texts = texts
        self._fields: dict[str, set[str]] = {"": {plain_text(to_inline(report.unit))}}
        for project in report.projects:
            for slot, field in _SLOT_FIELDS.items():
                name = plain_text(to_inline(getattr(project, field)))
                self._fields.setdefault(slot, set()).add(name)
        self._names = {
            one
            for names in self._fields.values()
            for one in names
            if len(one) >= _SHORTEST and not _NAMELESS.fullmatch(one)
        }
        self._aliases = {
            alias: name
            for name in self._names
            if (found := _ALIAS.match(name)) and len(alias := name[found.end() :]) > 3  # noqa: PLR2004
        }
        local = [found["rest"] for one in self._names if (found := _LOCAL.match(one))]
        words = "|".join(map(re.escape, sorted(local, key=len, reverse=True)))
        self._local = re.compile(f"(?:{_NO_PLACE_BEFORE})(?:{words})" if words else "(?!)")
        self._issuers = "、".join({one.issuer for one in documents.values()})
        self._places = report.place.split()

    def check(self, sentence: Sentence) -> Iterator[Problem]:
        """Yield the names of a sentence that are not the report's."""
        taken: list[tuple[int, int]] = []
        for problem in (*self._slots(sentence), *self._altered(sentence), *self._unknown(sentence)):
            span = (problem.start, problem.end)
            if all(span[1] <= one[0] or span[0] >= one[1] for one in taken):
                taken.append(span)
                yield problem

    def _slots(self, sentence: Sentence) -> Iterator[Problem]:
        """Yield wrong names where a unit's role is told."""
        for pattern in (_SLOT, _REVERSE):
            for match in pattern.finditer(sentence.text):
                written, slot = match["name"].strip(), match["slot"]
                known = self._fields.get(slot, set()) | (
                    self._names if slot not in _SLOT_FIELDS else set()
                )
                wanted = {one for one in known if one}
                if sentence.text.startswith(tuple(wanted), match.start("name")):
                    continue
                if not wanted or self._is_named(written, wanted, at_end=pattern is _REVERSE):
                    continue
                if not re.search(f"(?:{_SUFFIX}|[站所队院馆社委部办])$", written) and not any(
                    one.startswith(written) or one.endswith(written) for one in wanted
                ):
                    continue
                if _GENERAL.match(written):
                    continue
                start = sentence.start + match.start("name")
                told = "、".join(sorted(wanted))
                yield Problem(
                    ViolationKind.NAME,
                    start,
                    start + len(match["name"]),
                    f"{slot}是{told}，不是“{written}”",
                    suggestion=told,
                )

    def _is_named(self, written: str, wanted: set[str], *, at_end: bool) -> bool:
        """Whether what stands in a slot begins or ends with a name that may stand there."""
        if at_end:
            return any(written.endswith(one) for one in wanted)
        short = {alias for alias, name in self._aliases.items() if name in wanted}
        return any(written.startswith(one) for one in wanted | short)

    def _altered(self, sentence: Sentence) -> Iterator[Problem]:
        """Yield names that are nearly a known one."""
        text = self._without_known(sentence.text)
        for name in self._names:
            yield from self._nearly(sentence, text, name)
            yield from self._cut_short(sentence, text, name)

    def _without_known(self, text: str) -> str:
        """Blank out the known names, and those told without their place, as 县公安局."""
        for name in sorted(self._names, key=len, reverse=True):
            text = text.replace(name, "＿" * len(name))
        return self._local.sub(lambda found: "＿" * len(found.group()), text)

    def _nearly(self, sentence: Sentence, text: str, name: str) -> Iterator[Problem]:
        """Yield places that end as a name does and differ from it by little."""
        tail = name[-1]
        alias = next((one for one, whole in self._aliases.items() if whole == name), "")
        most = max(1, len(name) // 4)
        for match in re.finditer(re.escape(tail), text):
            end = match.end()
            if alias and text[:end].endswith(alias):
                place = self._other_place(text, end - len(alias), name, alias)
                if place is None:
                    continue
                start = place
            else:
                window = text[max(end - len(name) - most, 0) : end]
                far, length = distance_at_end(window, name)
                if not 0 < far <= most or length < len(name) - most:
                    continue
                start = end - length
            if self._texts.holds(text[start:end]) or not _WORD.fullmatch(text[start:end]):
                continue
            yield Problem(
                ViolationKind.NAME,
                sentence.start + start,
                sentence.start + end,
                f"名称应为“{name}”，这里写成“{text[start:end]}”",
                suggestion=name,
            )

    @staticmethod
    def _other_place(text: str, at: int, name: str, alias: str) -> int | None:
        """Return where another place's name begins before the rest of a unit's name."""
        found = _OTHER_PLACE.search(text[:at])
        if found is not None:
            return found.start()
        own = name[: len(name) - len(alias)]
        before = text[max(at - len(own), 0) : at]
        is_near = len(before) == len(own) and distance(before, own) == 1
        return at - len(own) if is_near and _WORD.fullmatch(before) else None

    def _cut_short(self, sentence: Sentence, text: str, name: str) -> Iterator[Problem]:
        """Yield the beginning of a name where the rest is missing."""
        for length in range(len(name) - 1, max(3, len(name) * 6 // 10) - 1, -1):
            short = name[:length]
            at = text.find(short)
            if at < 0:
                continue
            if _AFTER_SHORT.match(text[at + length :]) and not self._texts.holds(short):
                yield Problem(
                    ViolationKind.NAME,
                    sentence.start + at,
                    sentence.start + at + length,
                    f"名称不完整，应为“{name}”",
                    suggestion=name,
                )
            return

    def _unknown(self, sentence: Sentence) -> Iterator[Problem]:
        """Yield full names of units the report does not know."""
        text = self._without_known(sentence.text)
        for match in _FULL.finditer(text):
            written = match.group()
            if self._is_common(written) or self._texts.holds(written):
                continue
            if any(written.endswith(alias) for alias in self._aliases):
                continue
            if any(one in written for one in self._issuers.split("、") if len(one) > 3):  # noqa: PLR2004
                continue
            yield Problem(
                ViolationKind.NAME,
                sentence.start + match.start(),
                sentence.start + match.end(),
                f"“{written}”不是本报告的单位，录入文字里也没有",
            )

    def _is_common(self, written: str) -> bool:
        """Whether a name is of no unit in particular, or the finance office of the place."""
        if _COMMON.match(written):
            return True
        if not _FINANCE.search(written):
            return False
        return any(place in written for place in self._places) or "某" in written
