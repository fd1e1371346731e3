"""The list of identifiers and their Chinese terms (术语表): one word per idea."""

from ziping.domain.model import Record


class Terms(Record):
    """Identifier -> Chinese term (术语表); `knowledge/terms.yaml`."""

    terms: dict[str, str]
    """术语: snake-case identifier -> the Chinese term everything else uses."""
    later: tuple[str, ...] = ()
    """待建: identifiers agreed on that the code does not have yet."""
