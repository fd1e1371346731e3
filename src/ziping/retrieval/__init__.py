"""Finding the clauses that answer a question: exact references, BM25 and vectors, fused.

May live here: the index files, embeddings, chromadb. May not: SQL, documents, pages, drafting.
"""
