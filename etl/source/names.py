"""
How texts of the source are compared.

Pure. SCB's texts change in dashes, suffixes and spaces between tables and years.
"""

import re
from collections.abc import Iterable

from etl.source.jsonstat import nfc


def normalised(text: str) -> str:
    """Return a text as it is compared: dashes, case, commas and ", procent" do not count."""
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", nfc(text).lower())
    text = re.sub(r"\s+", " ", text).replace(" ,", ",").strip(" ,.")
    return text.removesuffix("procent").strip(" ,") if text.endswith(", procent") else text


def loosened(text: str) -> str:
    """Return a text without what some tables add: a remark on a new definition, "antal"."""
    plain = normalised(re.sub(r"\(ny def[^)]*\)", "", text, flags=re.IGNORECASE))
    return re.sub(r"^antal (?=\w)", "", plain)


def has_words(text: str, words: Iterable[str]) -> list[str]:
    """Return the words that do not stand at the beginning of a word of the text."""
    found = normalised(text)
    return [word for word in words if not re.search(rf"\b{re.escape(normalised(word))}", found)]


def slug(text: str) -> str:
    """Return a code made of a text, for example documents only."""
    plain = normalised(text).translate(str.maketrans("åäöé", "aaoe"))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
