"""
Every word of the interface in both languages, as data, a file for each page.

Knows terms and their blanks; the names of indicators and groups are in the catalogue.
It never decides which term is said.
"""

from dashboard.text import about, compare, data, frame, indicator, overview, report
from dashboard.text.terms import merged
from etl.catalogue import Lang

LANGS: tuple[Lang, ...] = ("sv", "en")
TERMS = merged(part.TERMS for part in (about, compare, data, frame, indicator, overview, report))


def term(name: str, lang: Lang, /, **blanks: object) -> str:
    """One term in one language, its blanks filled; KeyError for a term that does not exist."""
    text = TERMS[name][lang]
    return text.format(**blanks) if blanks else text


def enumerated(words: list[str], lang: Lang) -> str:
    """Words as a list in a sentence: "a", "a och b", "a, b och c"; "" for none."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {term('and_word', lang)} {words[-1]}"
