"""
Every word of the interface in both languages, as data, a file for each page.

Knows terms and their blanks; the names of indicators and groups are in the catalogue.
It never decides which term is said.
"""

from dashboard.text import about, compare, data, frame, indicator, overview, report, sentences
from dashboard.text.terms import merged
from etl.catalogue import Lang, Text

LANGS: tuple[Lang, ...] = ("sv", "en")
PARTS = (about, compare, data, frame, indicator, overview, report, sentences)
TERMS = merged(part.TERMS for part in PARTS)


def term(name: str, lang: Lang, /, **blanks: object) -> str:
    """One term in one language; KeyError for one that does not exist or has a blank unfilled."""
    text = TERMS[name][lang].format(**blanks)
    return single_spaced(text) if "" in blanks.values() else text


def translated(name: str, /, **blanks: object) -> Text:
    """One term in both languages."""
    return Text(sv=term(name, "sv", **blanks), en=term(name, "en", **blanks))


def single_spaced(text: str) -> str:
    """The text without the spaces that an empty blank leaves: double, last, before a full stop."""
    return " ".join(word for word in text.split(" ") if word).replace(" .", ".")


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def enumerated(words: list[str], lang: Lang) -> str:
    """Words as a list in a sentence: "a", "a och b", "a, b och c"; "" for none."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {term('and_word', lang)} {words[-1]}"
