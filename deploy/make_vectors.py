"""Makes knowledge/vectors.npz: vectors of the digests that ship, so that no first start waits."""

from pathlib import Path

from ziping.content.library import Content
from ziping.retrieval.embedding import SentenceEmbedder
from ziping.retrieval.sentence_embedder import write_kept
from ziping.retrieval.vector_building import embedded_text
from ziping.services.library import digest_clauses

ROOT = Path(__file__).resolve().parents[1]
VECTORS = ROOT / "knowledge" / "vectors.npz"


def main() -> None:
    """Write the file anew; vectors of unchanged digests are taken over."""
    texts = [
        embedded_text(clause, with_questions=True)
        for document in Content(ROOT).documents().values()
        for clause in digest_clauses(document)
    ]
    write_kept(VECTORS, texts, SentenceEmbedder(VECTORS).embed(texts))


if __name__ == "__main__":
    main()
