"""A person who uses no mouse: keys only, and always able to see where the focus is."""

from playwright.sync_api import Locator, Page, expect

_MOST_STOPS = 400
_SEEN = """element => {
  const drawn = (style) =>
    (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) ||
    style.boxShadow !== 'none';
  const looks = (one) => getComputedStyle(one).borderColor + getComputedStyle(one).backgroundColor;
  const near = [];
  for (let one = element, n = 0; one && n < 5; one = one.parentElement, n += 1) near.push(one);
  if (near.some((one) => drawn(getComputedStyle(one)))) return true;
  const focused = near.map(looks);
  element.blur();
  const plain = near.map(looks);
  element.focus();
  return focused.some((one, n) => one !== plain[n]);
}"""


class Keyboard:
    """The keys of one person's page."""

    def __init__(self, page: Page) -> None:
        """Take the keyboard of a page."""
        self.page = page
        self.stops = 0

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Type a text."""
        self.page.keyboard.type(text)

    def reach(self, wanted: Locator, *, back: bool = False) -> None:
        """Press Tab until the focus is on an element, and see that it shows there."""
        expect(wanted).to_have_count(1)
        expect(wanted).to_be_enabled()
        for _ in range(_MOST_STOPS):
            if wanted.evaluate("one => one === document.activeElement"):
                break
            self.press("Shift+Tab" if back else "Tab")
            self.stops += 1
        expect(wanted).to_be_focused()
        assert wanted.evaluate(_SEEN), "the focus cannot be seen"

    def activate(self, wanted: Locator, key: str = "Enter") -> None:
        """Go to an element and press a key on it."""
        self.reach(wanted)
        self.press(key)
