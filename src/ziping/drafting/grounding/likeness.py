"""How alike two names are, by the characters to change (名称相似度)."""


def distance_at_end(text: str, name: str) -> tuple[int, int]:
    """Return how far the end of a text is from a name, and how many characters it takes.

    The start is free: the stretch that ends the text and is nearest to the name is taken.
    """
    before = text[::-1]
    wanted = name[::-1]
    row = list(range(len(before) + 1))
    for place, char in enumerate(wanted, 1):
        following = [place]
        for at, other in enumerate(before, 1):
            change = row[at - 1] + (char != other)
            following.append(min(change, row[at] + 1, following[at - 1] + 1))
        row = following
    best = min(range(len(row)), key=lambda at: (row[at], abs(at - len(name))))
    return row[best], best


def distance(left: str, right: str) -> int:
    """Return how many characters must change for one name to become the other."""
    row = list(range(len(right) + 1))
    for place, char in enumerate(left, 1):
        following = [place]
        for at, other in enumerate(right, 1):
            change = row[at - 1] + (char != other)
            following.append(min(change, row[at] + 1, following[at - 1] + 1))
        row = following
    return row[-1]
