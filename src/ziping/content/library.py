"""Everything under knowledge/ and prompts/, loaded when asked for and kept (内容库)."""

import hashlib
import re
from collections.abc import Callable, Iterable
from functools import cached_property, partial
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel

from ziping.content import consistency, rule_choice
from ziping.content.located import Located, read_text
from ziping.content.places import Places
from ziping.content.policy_files import LocatedDocument, load_policy
from ziping.content.prompt_files import read_prompts
from ziping.content.strict_yaml import load_yaml
from ziping.content.terms import Terms
from ziping.content.validation import validate
from ziping.domain.chat_words import ChatWords
from ziping.domain.draft import Outline
from ziping.domain.errors import ContentError, NotFoundError
from ziping.domain.framework import Framework
from ziping.domain.policy import Clause, PolicyDocument
from ziping.domain.prompts import Prompt
from ziping.domain.prose_words import ProseWords
from ziping.domain.rules import Lexicon, RuleChoice, RuleSet

Model = TypeVar("Model", bound=BaseModel)

_FALLBACK = re.compile(r"[a-z0-9_]+(?:[./-][a-z0-9_]+)*")


class Loaded(Generic[Model]):
    """A record and the file it was read from."""

    def __init__(self, record: Model, located: Located) -> None:
        """Keep both together, so that a later check can name the line."""
        self.record = record
        self.located = located


class Content:
    """The files of knowledge/ and prompts/ as domain objects (内容库).

    Nothing is read before it is asked for; each file is read once. Every method raises
    `ContentError` naming file, line and remedy where a file is wrong.
    """

    def __init__(self, root: Path) -> None:
        """Take the folder that contains `knowledge/` and `prompts/`."""
        self.root = root
        self._loaded: dict[Path, Loaded[BaseModel]] = {}
        self._policies: dict[str, LocatedDocument] = {}
        self._texts: dict[str, str] = {}

    # ---- rules ----------------------------------------------------------------------------

    def rule_sets(self) -> tuple[RuleSet, ...]:
        """Return every rule set, in order of its id."""
        return tuple(self._records(RuleSet, "rules"))

    def rule_set(self, rule_set_id: str) -> RuleSet:
        """Return the rule set with an id."""
        return rule_choice.named(self.rule_sets(), rule_set_id)

    def choose_rule_set(self, place: str, fiscal_year: int, rule_set_id: str = "") -> RuleChoice:
        """Return the rule set for a place and fiscal year, or the one named, with the reason."""
        return rule_choice.choose(self.rule_sets(), self.places(), place, fiscal_year, rule_set_id)

    def places(self) -> Places:
        """Return the jurisdictions and the places in them."""
        return self._one(Places, "places.yaml")

    # ---- words, outlines, frameworks, templates -------------------------------------------

    def lexicon(self) -> Lexicon:
        """Return the words the value reader and the checks know."""
        return self._one(Lexicon, "lexicon.yaml")

    def chat_words(self) -> ChatWords:
        """Return the words people use in conversation."""
        return self._one(ChatWords, "chat.yaml")

    def prose_words(self) -> ProseWords:
        """Return the words that the text of reports is checked by."""
        return self._one(ProseWords, "prose.yaml")

    def terms(self) -> Terms:
        """Return the identifiers and their Chinese terms."""
        return self._one(Terms, "terms.yaml")

    def outlines(self) -> tuple[Outline, ...]:
        """Return every outline, in order of its id."""
        return tuple(self._records(Outline, "outlines"))

    def outline(self, outline_id: str) -> Outline:
        """Return the outline with an id."""
        return _pick(self.outlines(), outline_id, "报告提纲", lambda one: one.id)

    def framework(self, framework_id: str = "national") -> Framework:
        """Return the checklist of the indicator framework."""
        return _pick(
            self._records(Framework, "frameworks"), framework_id, "指标体系框架", lambda one: one.id
        )

    def fallback(self, name: str) -> str:
        """Return the text of a template under prompts/fallback, named without its suffix."""
        if name not in self._texts:
            if not _FALLBACK.fullmatch(name):
                raise ContentError(
                    f"模板名“{name}”不合要求", remedy="只用小写字母、数字、_、. 和 /，不带 .md"
                )
            path = self.root / "prompts" / "fallback" / f"{name}.md"
            self._texts[name] = read_text(path, self._name(path))
        return self._texts[name]

    def fallbacks(self) -> dict[str, str]:
        """Return every template under prompts/fallback by its name without suffix."""
        folder = "prompts/fallback/"
        return {
            name.removeprefix(folder).removesuffix(".md"): text
            for name, text in self.prompts.items()
            if name.startswith(folder)
        }

    @cached_property
    def model_prompts(self) -> dict[str, Prompt]:
        """What the model writer tells a model, by name under prompts/ without suffix."""
        return read_prompts(self.prompts)

    # ---- policies -------------------------------------------------------------------------

    def documents(self) -> dict[str, PolicyDocument]:
        """Return every policy document by id."""
        return {path.stem: self._policy(path).document for path in self._files("policies", "md")}

    def document_of(self, clause_id: str) -> PolicyDocument:
        """Return the document a clause is in."""
        return self._policy_of(clause_id).document

    def clause(self, clause_id: str) -> Clause:
        """Return the clause with an id such as `caiyu-2020-10#第十六条`."""
        return _pick(self.document_of(clause_id).clauses, clause_id, "条款", lambda one: one.id)

    # ---- all of it ------------------------------------------------------------------------

    def check(self) -> list[str]:
        """Return what is wrong in all files, in Chinese with file and line; empty when sound."""
        return consistency.check(self)

    def digest(self, rule_set_id: str = "", outline_id: str = "") -> str:
        """Return a hash of a rule set's and an outline's file; blank takes all of them."""
        paths = [
            *self._chosen("rules", rule_set_id),
            *self._chosen("outlines", outline_id),
        ]
        summary = hashlib.sha256()
        for path in paths:
            text = read_text(path, self._name(path))
            summary.update(f"{path.stem}\n{len(text)}\n{text}".encode())
        return summary.hexdigest()

    # ---- for the checks of this room ------------------------------------------------------

    def loaded_all(self, model: type[Model], folder: str) -> Iterable[Callable[[], Loaded[Model]]]:
        """Return for each file of a folder a call that loads it."""
        return [partial(self._load, model, path) for path in self._files(folder, "yaml")]

    def policies_all(self) -> Iterable[Callable[[], LocatedDocument]]:
        """Return for each policy file a call that loads it."""
        return [partial(self._policy, path) for path in self._files("policies", "md")]

    @cached_property
    def prompts(self) -> dict[str, str]:
        """Every text under prompts/, by its name in messages."""
        paths = sorted((self.root / "prompts").rglob("*.md"))
        return {self._name(path): read_text(path, self._name(path)) for path in paths}

    # ---- reading --------------------------------------------------------------------------

    def _records(self, model: type[Model], folder: str) -> list[Model]:
        """Return the records of a folder's files."""
        return [load().record for load in self.loaded_all(model, folder)]

    def _one(self, model: type[Model], name: str) -> Model:
        """Return the record of a file of its own."""
        return self._load(model, self.root / "knowledge" / name).record

    def _load(self, model: type[Model], path: Path) -> Loaded[Model]:
        """Return a file's record, read once."""
        if path not in self._loaded:
            located = load_yaml(path, self._name(path))
            record = validate(model, located)
            stated = getattr(record, "id", path.stem)
            if stated != path.stem:
                raise ContentError(
                    f"id“{stated}”与文件名“{path.stem}”不一致",
                    where=located.where(("id",)),
                    remedy="请让 id 与文件名（不带 .yaml）相同",
                )
            self._loaded[path] = Loaded(record, located)
        found = self._loaded[path]
        if not isinstance(found.record, model):
            raise TypeError(path)
        return found  # type: ignore[return-value] # its record was just seen to be one

    def _policy(self, path: Path) -> LocatedDocument:
        """Return a policy file's document, read once."""
        if path.stem not in self._policies:
            self._policies[path.stem] = load_policy(path, self._name(path))
        return self._policies[path.stem]

    def _policy_of(self, clause_id: str) -> LocatedDocument:
        """Return the document file a clause id points into."""
        document_id = clause_id.partition("#")[0]
        path = _pick(self._files("policies", "md"), document_id, "政策文件", lambda one: one.stem)
        return self._policy(path)

    def _files(self, folder: str, suffix: str) -> list[Path]:
        """Return the files of a folder of knowledge/ in order of their names."""
        where = self.root / "knowledge" / folder
        if not where.is_dir():
            raise ContentError(
                "找不到文件夹",
                where=self._name(where),
                remedy="请核对内容目录设置，其中应有 knowledge 和 prompts 两个文件夹",
            )
        return sorted(where.glob(f"*.{suffix}"))

    def _chosen(self, folder: str, name: str) -> list[Path]:
        """Return the file named in a folder, or all of them."""
        paths = self._files(folder, "yaml")
        return [_pick(paths, name, "文件", lambda one: one.stem)] if name else paths

    def _name(self, path: Path) -> str:
        """Return how messages call a file: its path below the content folder."""
        return path.relative_to(self.root).as_posix()


Item = TypeVar("Item")


def _pick(items: Iterable[Item], wanted: str, what: str, key: Callable[[Item], str]) -> Item:
    """Return the item with an id; what is known is told when there is none."""
    known = {key(item): item for item in items}
    if wanted in known:
        return known[wanted]
    shown = "、".join(list(known)[:12]) or "（一个也没有）"
    raise NotFoundError(f"没有编号为“{wanted}”的{what}", remedy=f"现有：{shown}")
