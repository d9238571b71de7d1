"""
Every word of the interface in both languages: the YAML files beside this module, one a page.

Knows terms and their blanks; the names of indicators and groups are in the catalogue.
It never decides which term is shown.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml

from etl.catalogue import Lang, Text

LANGS: tuple[Lang, ...] = ("sv", "en")


@cache
def terms() -> Mapping[str, Text]:
    """
    All terms by key, read once.

    Raises:
        ValueError: for a key that stands in two files, or lacks a language.

    """
    texts: dict[str, Text] = {}
    for file in sorted(Path(__file__).parent.glob("*.yaml")):
        for key, text in yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader).items():
            if key in texts:
                raise ValueError(f"{file.name}: {key} stands in another file too; rename one")
            texts[key] = Text(**text)
    return MappingProxyType(texts)


def term(name: str, lang: Lang, /, **blanks: object) -> str:
    """One term in one language; KeyError for one that does not exist or has a blank unfilled."""
    text = terms()[name][lang]
    if not blanks and "{" not in text:
        return text
    filled = text.format(**blanks)
    return single_spaced(filled) if "" in blanks.values() else filled


def translated(name: str, /, **blanks: object) -> Text:
    """One term in both languages."""
    return Text(sv=term(name, "sv", **blanks), en=term(name, "en", **blanks))


def single_spaced(text: str) -> str:
    """The text without the spaces that an empty blank leaves: double, last, before a full stop."""
    return " ".join(word for word in text.split(" ") if word).replace(" .", ".")


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """The text with a small first letter, as inside a sentence."""
    return text[:1].lower() + text[1:]


def enumerated(words: list[str], lang: Lang) -> str:
    """Words as a list in a sentence: "a", "a och b", "a, b och c"; "" for none."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {term('and_word', lang)} {words[-1]}"
