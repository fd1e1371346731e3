"""Makes knowledge/vectors.npz: vectors of digests and lexicon, so that no first start waits."""

from pathlib import Path

from ziping.content.library import Content
from ziping.retrieval.embedding import SentenceEmbedder
from ziping.retrieval.near_terms import term_text
from ziping.retrieval.sentence_embedder import write_kept
from ziping.retrieval.vector_building import embedded_text
from ziping.services.library import digest_clauses

ROOT = Path(__file__).resolve().parents[1]
VECTORS = ROOT / "knowledge" / "vectors.npz"


def shipped_texts(content: Content) -> list[str]:
    """Return every text whose vector ships."""
    clauses = [
        embedded_text(clause, with_questions=True)
        for document in content.documents().values()
        for clause in digest_clauses(document)
    ]
    return [*clauses, *(term_text(*one) for one in content.lexicon().colloquial.items())]


def main() -> None:
    """Write the file anew; vectors of unchanged digests are taken over."""
    texts = shipped_texts(Content(ROOT))
    write_kept(VECTORS, texts, SentenceEmbedder(VECTORS).embed(texts))


if __name__ == "__main__":
    main()
