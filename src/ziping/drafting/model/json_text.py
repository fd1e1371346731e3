"""Reading the paragraphs out of JSON while it comes in, broken JSON too (增量读取)."""

from enum import Enum, auto

_TEXT_KEYS = frozenset({"paragraphs", "paragraph", "sentences", "text", "content", "段落", "正文"})
_SCHEMA_KEYS = frozenset({"properties", "$schema", "additionalProperties", "items"})
_ESCAPES = {"n": "\n", "t": " ", "r": "", "b": "", "f": ""}
_AFTER_STRING = ",]}:"
_HEX_DIGITS = 4
_HIGH, _LOW, _END = 0xD800, 0xDC00, 0xE000


class _In(Enum):
    """Where the reader stands."""

    OUTSIDE = auto()
    STRING = auto()
    ESCAPE = auto()
    UNICODE = auto()
    QUOTE = auto()
    """After a quote, which closes the string only if a comma or bracket follows."""


class JsonText:
    """Takes JSON in pieces and gives the text of its paragraphs, one a line."""

    def __init__(self) -> None:
        """Begin before the first bracket."""
        self._state = _In.OUTSIDE
        self._stack: list[str] = []
        """Open brackets."""
        self._keys: list[str] = ["paragraphs"]
        """The key that leads to each open bracket, and the one read last."""
        self._expects_key = False
        self._string = ""
        self._given = 0
        self._spaces = ""
        self._hex = ""
        self._high = 0
        self.is_over = False
        self.is_schema = False
        """Whether the answer only repeats the schema."""

    def feed(self, piece: str) -> str:
        """Return the new text in a piece."""
        out: list[str] = []
        for one in piece:
            if self.is_over:
                break
            out.append(self._step(one))
        if self._state is _In.STRING and self._is_text():
            out.append(self._string[self._given :])
            self._given = len(self._string)
        return "".join(out)

    def close(self) -> str:
        """Return the rest of a paragraph that was left open."""
        return self._string[self._given :] if not self.is_over and self._is_text() else ""

    def _is_text(self) -> bool:
        """Whether the string under way is a paragraph: a value, under a key that holds text."""
        if self._stack and self._stack[-1] == "{" and self._expects_key:
            return False
        return self._keys[-1] in _TEXT_KEYS

    def _step(self, one: str) -> str:
        match self._state:
            case _In.STRING if one == '"':
                self._state, self._spaces = _In.QUOTE, ""
            case _In.STRING if one == "\\":
                self._state = _In.ESCAPE
            case _In.STRING:
                self._string += one
            case _In.ESCAPE if one == "u":
                self._state, self._hex = _In.UNICODE, ""
            case _In.ESCAPE:
                self._string += _ESCAPES.get(one, one)
                self._state = _In.STRING
            case _In.UNICODE:
                self._take_hex(one)
            case _In.QUOTE:
                return self._after_quote(one)
            case _In.OUTSIDE:
                self._outside(one)
        return ""

    def _take_hex(self, one: str) -> None:
        self._hex += one
        if len(self._hex) < _HEX_DIGITS:
            return
        self._state = _In.STRING
        try:
            code = int(self._hex, 16)
        except ValueError:
            return
        if _HIGH <= code < _LOW:
            self._high = code
        elif _LOW <= code < _END:
            if self._high:
                self._string += chr(0x10000 + ((self._high - _HIGH) << 10) + (code - _LOW))
            self._high = 0
        else:
            self._string += chr(code)

    def _after_quote(self, one: str) -> str:
        """Close the string, or go on where the quote was meant as a mark inside it."""
        if one.isspace():
            self._spaces += one
            return ""
        if one not in _AFTER_STRING:
            self._string += f'"{self._spaces}{one}' if one != '"' else f'"{self._spaces}'
            self._state = _In.QUOTE if one == '"' else _In.STRING
            self._spaces = ""
            return ""
        self._state = _In.OUTSIDE
        text = self._closed(one)
        self._outside(one)
        return text

    def _closed(self, following: str) -> str:
        """Return the rest of a paragraph that ends; remember a key."""
        is_text = self._is_text()
        string, given = self._string, self._given
        self._string, self._given = "", 0
        if self._stack and self._stack[-1] == "{" and following == ":":
            self._keys[-1] = string
            self.is_schema = self.is_schema or string in _SCHEMA_KEYS
            return ""
        return f"{string[given:]}\n" if is_text else ""

    def _outside(self, one: str) -> None:
        if one == '"':
            self._state = _In.STRING
        elif one in "{[":
            self._stack.append(one)
            self._keys.append("" if one == "{" else self._keys[-1])
            self._expects_key = one == "{"
        elif one in "}]" and self._stack:
            self._stack.pop()
            self._keys.pop()
            self.is_over = not self._stack
        elif one == ":":
            self._expects_key = False
        elif one == ",":
            self._expects_key = bool(self._stack) and self._stack[-1] == "{"
