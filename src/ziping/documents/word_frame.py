"""What the headers and footers of a Word file say (页眉页脚)."""

from ziping.documents.reading_docx import paragraph_text
from ziping.documents.word_open import parse
from ziping.documents.word_parts import MAIN_PART, read_links


def frame_texts(parts: dict[str, bytes], *, where: str) -> tuple[str, ...]:
    """Return the different texts of headers and footers, spaces and page numbers left out."""
    texts = set()
    for link in read_links(parts, MAIN_PART, where=where):
        if link.kind.endswith(("/header", "/footer")) and link.target in parts:
            root = parse(parts[link.target], where=where)
            words = "".join(paragraph_text(one) for one in root.iter("{*}p"))
            texts.add("".join(one for one in words if not (one.isspace() or one.isdigit())))
    return tuple(sorted(one for one in texts if one))
