"""The app as tests speak to it: press what is written on a button, read what a page says."""

import re
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

PAGES = (
    "workbench",
    "importing",
    "batch",
    "rolling",
    "filling",
    "scoring",
    "drafting",
    "reviewing",
    "exporting",
    "checking",
    "library",
    "settings",
)
REPORT_PAGES = ("filling", "scoring", "drafting", "reviewing", "exporting")

_MARKUP = re.compile(r"<[^>]*>|\*\*|:\w+\[|(?<!\\)\]")
_ESCAPED = re.compile(r"\\([^\w\s])|\\(_)|\u2060")
"""What `inert` puts into labels and the browser does not show."""


class App:
    """A person's session with the app."""

    def __init__(self, run: AppTest, root: Path) -> None:
        """Go on from a first run."""
        self.run = run
        self._root = root
        self._stay_calm()

    def go(self, page: str) -> None:
        """Open a page."""
        self.run.switch_page(str(self._root / f"src/ziping/ui/pages/{page}.py")).run()
        self._stay_calm()

    def press(self, label: str) -> None:
        """Press the first button with a label."""
        next(one for one in self.run.button if one.label == label).click().run()
        self._stay_calm()

    def open_example(self) -> None:
        """Open a fresh copy of the worked example."""
        self.press("打开示例")

    def enter(self, label: str, text: str) -> None:
        """Type into a box and leave it."""
        boxes: list[Any] = [*self.run.text_input, *self.run.text_area]
        next(one for one in boxes if one.label == label).set_value(text).run()
        self._stay_calm()

    def value(self, label: str) -> str:
        """Return what a box holds."""
        boxes: list[Any] = [*self.run.text_input, *self.run.text_area]
        return str(next(one for one in boxes if one.label == label).value)

    def text(self) -> str:
        """Return what the page says, without markup."""
        kinds = (
            *("header", "subheader", "markdown", "caption", "text", "html"),
            *("error", "warning", "info", "success", "toast"),
        )
        found: list[Any] = [one for kind in kinds for one in self.run.get(kind)]
        parts = [str(one.value) for one in found]
        parts += [one.label for one in self.run.button]
        parts += [one.label for one in self.run.tabs]
        return _ESCAPED.sub(r"\1\2", _MARKUP.sub(" ", "\n".join(parts)))

    def _stay_calm(self) -> None:
        """Fail when the page crashed."""
        crashes = [one.stack_trace for one in self.run.exception]
        assert not crashes, crashes
