"""What a model proposes, held against what the person said (建议的把关).

A model may understand more than the reader, but it may not know more figures than were said.
"""

import re
from decimal import Decimal

from ziping.chat.agent.figures import is_open_path
from ziping.chat.clauses import Clause, clauses_of
from ziping.chat.normal import normal
from ziping.chat.proposals import AMOUNTS, Proposals
from ziping.chat.reader import Heard
from ziping.chat.scene import Scene
from ziping.chat.tokens import tokens_of
from ziping.chat.values import Value, ValueKind, find_values
from ziping.domain.errors import ZipingError
from ziping.domain.fields import flatten
from ziping.domain.numbers import read_number, shifted
from ziping.domain.patches import with_patch

_NUMBERS = ("weight", "points", "target", "actual", *AMOUNTS)
_SPACES = re.compile(r"\s+")


class Guard:
    """Judges the proposals of a model for one thing said."""

    def __init__(self, scene: Scene, said: str, heard: Heard) -> None:
        """Take what was said and what the reader made of it."""
        self._scene = scene
        self._said = said
        self._plain = normal(said)
        self._heard = heard
        self._clauses = _clauses(scene, self._plain)

    def refusal(self, path: str, value: str, said: str) -> str:
        """Return why a proposal is refused, in Chinese; blank: it may be laid before the person."""
        return (
            self._wrong_path(path)
            or self._wrong_words(said)
            or self._left_open(path)
            or self._wrong_figure(path, value, said)
            or self._wrong_value(path, value)
        )

    def wrong_cell(self, path: str, value: str, said: str) -> str:
        """Return why a cell of a new indicator is refused; blank: it may be proposed."""
        return self._wrong_words(said) or self._wrong_figure(path, value, said)

    def span(self, said: str) -> tuple[int, int]:
        """Return where the words of a proposal stand in what was said."""
        start = self._plain.find(normal(said).strip())
        return (start, start + len(said.strip())) if start >= 0 else (0, len(self._said))

    def _wrong_path(self, path: str) -> str:
        """Refuse what is no field of this report, and what follows from the rules."""
        ids = {one.id for one in self._scene.report.projects}
        head = path.partition("/")[0]
        if "/" in path and head not in ids and head != "materials":
            return f"没有编号为“{head}”的项目，只能处理当前打开的报告"
        if not is_open_path(path):
            return f"“{path}”不能由对话修改"
        is_known = path in flatten(self._scene.report)
        opens = re.fullmatch(
            r"p?\w+/(?:funds/\w+/\w+|level1_weights/.+|materials/\w+)|materials/\w+", path
        )
        return "" if is_known or opens else f"没有“{path}”这个字段"

    def _wrong_words(self, said: str) -> str:
        """Refuse words that were not said, or were said of something else."""
        words = _SPACES.sub("", normal(said))
        if not words or words not in _SPACES.sub("", self._plain):
            return "said 必须照抄经办人这一句话里的原话"
        start, end = self.span(said)
        skipped = {
            one.skip
            for one in self._clauses
            if one.skip and one.tokens[0].start < end and start < one.tokens[-1].end
        }
        return f"这句话说的是{'、'.join(sorted(skipped))}，不是本报告的数" if skipped else ""

    def _left_open(self, path: str) -> str:
        """Refuse to decide what has to be asked."""
        for one in self._heard.questions:
            paths = {
                *one.expects,
                *(patch.path for choice in one.choices for patch in choice.patches),
            }
            if path in paths:
                return f"这一处要先问清：{one.text}"
        return ""

    def _wrong_figure(self, path: str, value: str, said: str) -> str:
        """Refuse a figure that was not said exactly, nor follows from what was said."""
        leaf = path.rpartition("/")[2]
        if leaf not in _NUMBERS and "level1_weights" not in path:
            return self._wrong_figures_in_text(value)
        proposals = Proposals(self._scene.report, self._scene.lexicon, self._said)
        told = _figures(value)
        if not told:
            return "" if leaf in ("target", "actual") else f"“{value}”不是数值"
        known = {
            one
            for patch in self._heard.patches
            if patch.path == path
            for one in _figures(patch.new)
        }
        known |= self._exact(path, proposals)
        if told <= known:
            return ""
        return f"原话“{said}”里没有“{value}”这个准数，请先问清"

    def _exact(self, path: str, proposals: Proposals) -> set[Decimal]:
        """Return the figures that were said exactly, as the field would hold them."""
        blurred = [one for one in self._clauses if one.is_blurred]
        found: set[Decimal] = set()
        for one in find_values(self._plain):
            if not isinstance(one, Value) or one.number is None or one.is_about:
                continue
            if any(c.tokens[0].start <= one.start < c.tokens[-1].end for c in blurred):
                continue
            found |= {one.number, *_figures(one.written)}
            if one.kind in (ValueKind.MONEY, ValueKind.NUMBER):
                found |= _figures(proposals.amount_text(path, one))
            if one.kind is ValueKind.PERCENT:
                found.add(shifted(one.number, 2))
        return found

    def _wrong_figures_in_text(self, value: str) -> str:
        """Refuse a text that states figures nobody said."""
        known = _figures(self._said)
        strange = [one for one in find_values(normal(value)) if isinstance(one, Value)]
        for one in strange:
            if one.number is not None and one.number not in known and not one.is_soft:
                return f"文字里的“{one.text}”不是经办人说的"
        return ""

    def _wrong_value(self, path: str, value: str) -> str:
        """Refuse what the field cannot hold."""
        try:
            with_patch(self._scene.report, path, value)
        except ZipingError as error:
            return str(error)
        return ""


def _clauses(scene: Scene, plain: str) -> list[Clause]:
    tokens = tokens_of(plain, scene.speech, scene.subjects.names)
    return clauses_of(plain, tokens, scene.speech, scene.report.fiscal_year)


def _figures(text: str) -> set[Decimal]:
    """Return the figures a text states."""
    found = {one.number for one in find_values(normal(text)) if isinstance(one, Value)}
    plain = read_number(text).value
    return {one for one in (*found, plain) if one is not None}
