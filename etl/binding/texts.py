"""
Texts of the source compared with those of the catalogue: contents, units, and what is nearest.

Pure. Says which content is meant, or why none is; whether two units are the same one; and what
comes closest to a text that was not found.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Literal

from rapidfuzz import fuzz, process

from etl.catalogue import Contents
from etl.errors import SourceError
from etl.source.jsonstat import Dimension, has_words, loosened, normalised

_NEGATION = re.compile(
    r"\b(?:utan|ej|exkl|exklusive|icke|inte|utom|förutom|undantag(?:et)?|bortsett|aldrig|varken"
    r"|ingen|inget|inga|saknar|saknas)\b"
)
_NEAREST = 3
UNIT_SPELLINGS: Mapping[str, frozenset[str]] = {
    "per cent": frozenset({"%", "procent", "per cent", "percent"}),
    "per mille": frozenset({"‰", "promille", "per mille"}),
    "percentage points": frozenset({"procentenheter", "percentage points"}),
    "persons": frozenset({"antal", "antal personer", "personer", "number", "persons"}),
    "households": frozenset({"hushåll", "antal hushåll", "households", "number of households"}),
    "years": frozenset({"år", "antal år", "years", "number of years"}),
    "months": frozenset({"månader", "antal månader", "months", "number of months"}),
    "weeks": frozenset({"veckor", "antal veckor", "weeks", "number of weeks"}),
    "days": frozenset({"dagar", "antal dagar", "days", "number of days"}),
    "base amounts": frozenset({"prisbasbelopp", "antal prisbasbelopp", "price base amounts"}),
    "income base amounts": frozenset({"inkomstbasbelopp", "antal inkomstbasbelopp"}),
    "kronor": frozenset({"kr", "kronor", "sek"}),
    "thousand kronor": frozenset({"tkr", "tusen kronor", "1000-tal kronor", "sek thousands"}),
    "thousands": frozenset({"tusental", "1000-tal", "tal i 1000-tal", "thousands"}),
    "quotient": frozenset({"kvot", "ratio"}),
    "index": frozenset({"index"}),
    "class": frozenset({"klass", "class"}),
}
# A unit that says no more than that something is counted may be said of these too.
_BARE = frozenset({"antal", "number"})
_COUNTED = frozenset({"days", "base amounts", "quotient", "index", "class"})


def content_code(contents: Contents, metric: Dimension) -> str:
    """
    Return the code of the content that is meant.

    The first form in which any content of the table is alike decides: the text, the text
    without what some tables add to it, the declared words. Of several alike the one with the
    documented code is meant. Against the documented code nothing is bound: where it stands in
    the table, it is the content or there is none; where it is gone, only the very same text
    stands for it, and never words. Words that a negation turns around do not count.

    Raises:
        SourceError: naming the contents that were found and the one expected.

    """
    alike = _alike(contents, metric)
    documented = contents.code if contents.code in metric.labels else None
    found = ", ".join(_named(code, metric.labels[code]) for code in alike)
    if documented in alike:
        return documented
    if documented:
        said = _named(documented, metric.labels[documented])
        raise SourceError(
            f"content {contents.text!r} is {found}, but its documented code is {said}"
            if alike
            else f"content {said} has the documented code, expected the text {contents.text!r}"
        )
    if len(alike) > 1:
        raise SourceError(f"{len(alike)} contents fit {contents.text!r}: {found}; expected one")
    if not alike:
        near = nearest(normalised(contents.text), metric.labels)
        raise SourceError(f"no content {contents.text!r}; nearest: {near}")
    if contents.code and not _same(metric.labels[alike[0]], contents.text):
        raise SourceError(
            f"content {contents.text!r} with the documented code {contents.code} is gone; "
            f"{found} is only like it"
        )
    return alike[0]


def only_unit(text: str) -> bool:
    """Say whether the text of a content is but a unit, and does not tell what is counted."""
    return _meaning(normalised(text)) is not None


def _alike(contents: Contents, metric: Dimension) -> list[str]:
    """Return the contents that are alike in the first form in which any is."""
    for form in (normalised, loosened):
        wanted = form(contents.text)
        if alike := [code for code, text in metric.labels.items() if form(text) == wanted]:
            return alike
    if not contents.words:
        return []
    denied = _denies(" ".join((contents.text, *contents.words)))
    return [
        code
        for code, text in metric.labels.items()
        if not has_words(text, contents.words) and _denies(text) == denied
    ]


def _same(text: str, other: str) -> bool:
    return normalised(text) == normalised(other)


def _denies(text: str) -> bool:
    return bool(_NEGATION.search(normalised(text)))


def _named(code: str, text: str) -> str:
    return f"{text!r} (code {code})"


def nearest(wanted: str, texts: Mapping[str, str], *, codes: bool = False) -> str:
    """Return what comes closest to a text, or to a code, with the codes; at most three."""
    choices = {code: code.lower() if codes else normalised(text) for code, text in texts.items()}
    scorer = fuzz.ratio if codes else fuzz.token_ratio
    found = process.extract(wanted.lower(), choices, scorer=scorer, limit=_NEAREST)
    return ", ".join(_named(code, texts[code]) for _, _, code in found) or "nothing"


def likeness(words: str, title: str) -> float:
    """Return how alike words and a title are, 0 to 100, whatever their order, dots and rings."""
    return fuzz.token_ratio(_plain(words), _plain(title))


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", normalised(text))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def unit_likeness(found: str, expected: str) -> Literal["same", "unknown", "other"]:
    """Say whether two units are the same one; unknown where nobody has seen one of them."""
    spelled = [" ".join(unit.lower().split()) for unit in (found, expected)]
    if spelled[0] == spelled[1]:
        return "same"
    meanings = [_meaning(unit) for unit in spelled]
    if None in meanings:
        return "unknown"
    if meanings[0] == meanings[1]:
        return "same"
    bare = any(
        unit in _BARE and other in _COUNTED
        for unit, other in zip(spelled, reversed(meanings), strict=True)
    )
    return "unknown" if bare else "other"


def _meaning(unit: str) -> str | None:
    return next((name for name, ways in UNIT_SPELLINGS.items() if unit in ways), None)
