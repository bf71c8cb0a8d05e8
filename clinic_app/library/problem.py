"""One thing that is wrong in the content: the file, the key and the reason."""

from collections.abc import Iterable, Iterator

Problem = tuple[str, str, str]


def unknown(file: str, key: str, names: Iterable[str], known: Iterable[str]) -> Iterator[Problem]:
    """A problem for each of `names` that is not among the known ones."""
    held = set(known)
    return ((file, key, f"{name} is not known") for name in names if name not in held)
