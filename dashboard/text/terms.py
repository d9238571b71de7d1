"""How words are written down: a key and its text in both languages."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from etl.catalogue import Text

TermTable = Mapping[str, Text]


def texts(**pairs: tuple[str, str]) -> TermTable:
    """Texts by key, each given in Swedish and in English."""
    return MappingProxyType({key: Text(sv=sv, en=en) for key, (sv, en) in pairs.items()})


def merged(parts: Iterable[TermTable]) -> TermTable:
    """
    All texts of several files.

    Raises:
        ValueError: naming the keys that stand in two of them.

    """
    found: dict[str, Text] = {}
    for part in parts:
        twice = sorted(found.keys() & part.keys())
        if twice:
            raise ValueError(f"texts with one key in two files: {', '.join(twice)}; rename one")
        found.update(part)
    return MappingProxyType(found)
