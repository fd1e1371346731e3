"""Verifying a Word file against the manifest it carries."""

from ziping.documents.verify import verify_word
from ziping.domain.package import Verification


def verify_file(data: bytes) -> Verification:
    """Return whether a Word file still says what was exported; InputError when unreadable."""
    return verify_word(data)
