"""
What a reader's words find: regions and indicators, also with a typing error or without accents.

Pure. Every word must be found: whole, at the beginning of a word, inside a compound, or, only
where none of these is anywhere, with a few letters wrong (optimal string alignment: one letter
in words of four to six letters, two in longer ones). Names and titles weigh more than synonyms,
these more than ids and themes, and all of them more than the words of a definition, in which
nothing is guessed. The order is the same for the same words. It knows no figures.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from dashboard.codes import MENU_LEVELS
from dashboard.state.regions import Region
from dashboard.text import LANGS, term
from etl.catalogue import Catalogue, Indicator

Weighted = tuple[str, float]
# How much a place where words stand weighs; from STRONG on, parts and typing errors count.
NAME, _SYNONYM, ID, _BESIDE, _STRONG, _THEME, _PROSE = 1.0, 0.95, 0.9, 0.7, 0.7, 0.6, 0.4
_WHOLE, _BEGINNING, _INSIDE, _NEARLY = 1.0, 0.85, 0.6, 0.6
_PHRASE = 0.5  # more, when the words are the whole of a name or synonym
_SHORTEST_PART = 3
_SHORTEST_GUESS, _LONG = 4, 7
# Folded; found in too many texts to say anything.
_SMALL_WORDS = (
    "a an and any ar are as at av by dar de den det efter en ett for from har i in inte is med "
    "not o och of om on or pa samt som the till to under var vid who with"
)


@dataclass(frozen=True)
class SearchEntry:
    """Something to find: its code, its texts with what they weigh; first in `texts` its name."""

    code: str
    texts: tuple[Weighted, ...]


@dataclass(frozen=True)
class SearchIndex:
    """Entries by the words in them; made once, asked often."""

    entries: tuple[SearchEntry, ...]
    weights: Mapping[str, Mapping[int, float]]  # word: entry and the most it weighs there
    strong: tuple[str, ...]  # the words in which parts and typing errors count
    phrases: Mapping[str, Mapping[int, float]]  # whole names and synonyms


def folded_text(text: str) -> str:
    """The text for comparing: no case, no accents, words of letters and digits only."""
    split = unicodedata.normalize("NFKD", text.casefold()).replace("ø", "o").replace("æ", "ae")
    bare = (letter for letter in split if not unicodedata.combining(letter))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in bare).split())


def search_words(text: str) -> tuple[str, ...]:
    """The folded words of a text that say something."""
    small = frozenset(_SMALL_WORDS.split())
    return tuple(word for word in folded_text(text).split() if word not in small)


def search_index(entries: Iterable[SearchEntry]) -> SearchIndex:
    """An index of entries, in whose order equal matches are found."""
    listed = tuple(entries)
    weights: dict[str, dict[int, float]] = {}
    phrases: dict[str, dict[int, float]] = {}
    for number, entry in enumerate(listed):
        for text, weight in entry.texts:
            for word in search_words(text):
                known = weights.setdefault(word, {})
                known[number] = max(weight, known.get(number, 0.0))
            if weight >= _SYNONYM:
                phrase = phrases.setdefault(folded_text(text), {})
                phrase[number] = max(weight, phrase.get(number, 0.0))
    strong = (word for word, known in weights.items() if max(known.values()) >= _STRONG)
    return SearchIndex(listed, weights, tuple(strong), phrases)


def _matching_codes(text: str, known: SearchIndex, *, most: int | None = None) -> tuple[str, ...]:
    """The codes of the entries in which every word of a text is found, best first."""
    asked = search_words(text)
    if not asked:
        return ()
    matches = [word_matches(word, known) for word in asked]
    in_all = set(matches[0]).intersection(*matches[1:])
    whole = known.phrases.get(folded_text(text), {})
    plain = text.casefold().split()

    def rank(number: int) -> tuple[float, int, int]:
        score = sum(scores[number] for scores in matches) / len(matches)
        score += _PHRASE * whole.get(number, 0.0)
        name = known.entries[number].texts[0][0].casefold()
        return -round(score, 6), -sum(word in name for word in plain), number

    return tuple(known.entries[number].code for number in sorted(in_all, key=rank)[:most])


def regions_index(regions: Mapping[str, Region]) -> SearchIndex:
    """The regions of the menus and areas by name, kind and code; of one name larger ones first."""
    order = (*MENU_LEVELS, "regso")

    def rank(region: Region) -> tuple[int, str, str]:
        return order.index(region.level), region.called, region.code

    listed = (region for region in regions.values() if region.level in order)
    return search_index(map(_region, sorted(listed, key=rank)))


def indicators_index(catalogue: Catalogue) -> SearchIndex:
    """The indicators by title, synonym, id, theme and plain words, in the catalogue's order."""
    themes = {theme.id: theme for theme in catalogue.themes}
    entries = []
    for indicator in catalogue.indicators:
        theme = themes[indicator.theme].title
        weighted = ((indicator.title, NAME), (indicator.definition, _PROSE))
        texts = [(text[lang], weight) for lang in LANGS for text, weight in weighted]
        titles = [(theme[lang], _THEME) for lang in LANGS]
        synonyms = [(word, _SYNONYM) for word in indicator.synonyms]
        entries.append(SearchEntry(indicator.id, (*texts, *synonyms, (indicator.id, ID), *titles)))
    return search_index(entries)


def matching_regions(
    text: str,
    regions: Mapping[str, Region],
    *,
    most: int | None = 8,
    known: SearchIndex | None = None,
) -> tuple[Region, ...]:
    """The regions a text finds, best first; `known` is `regions_index(places)`, when at hand."""
    return tuple(
        regions[code] for code in _matching_codes(text, known or regions_index(regions), most=most)
    )


def matching_indicators(
    text: str, catalogue: Catalogue, *, known: SearchIndex | None = None
) -> tuple[Indicator, ...]:
    """The indicators a text finds, best first; `known` is `indicators_index(catalogue)`."""
    codes = _matching_codes(text, known or indicators_index(catalogue))
    return tuple(catalogue.indicator[code] for code in codes)


def _region(region: Region) -> SearchEntry:
    """A region's names, what stands in brackets behind, its kind and its code."""
    names = {region.name(lang) for lang in LANGS}
    bare = [(name.partition(" (")[0], NAME) for name in sorted(names)]
    beside = [(name.partition(" (")[2], _BESIDE) for name in sorted(names)]
    kind = f"level_{region.level}" if region.level in {"country", "county"} else region.level
    kinds = [term(kind, lang, parent="") for lang in LANGS]
    code = [(region.code, ID)] if region.code[0].isdigit() else []
    former = [(region.former_name, _SYNONYM)] if region.former_name else []
    themes = [(text, _THEME) for text in kinds]
    return SearchEntry(region.code, (*bare, *former, *beside, *themes, *code))


def word_matches(word: str, known: SearchIndex) -> dict[int, float]:
    """The entries a word is found in, and how well."""
    scores: dict[int, float] = {}
    for there, how in [*_sure(word, known)] or [*_guessed(word, known)]:
        for number, weight in known.weights[there].items():
            scores[number] = max(scores.get(number, 0.0), how * weight)
    return scores


def _sure(word: str, known: SearchIndex) -> Iterator[Weighted]:
    """The words that are a word, begin with it, or have it inside."""
    for there in known.weights:
        if there.startswith(word):
            part = (_WHOLE - _BEGINNING) * len(word) / len(there) / 2
            yield there, _WHOLE if there == word else _BEGINNING + part
    if len(word) >= _SHORTEST_PART:
        for there in known.strong:
            if word in there and not there.startswith(word):
                yield there, _INSIDE


def _guessed(word: str, known: SearchIndex) -> Iterator[Weighted]:
    """The words that a word may be with a typing error."""
    if len(word) < _SHORTEST_GUESS or word.isdigit():
        return
    wrong = 2 if len(word) >= _LONG else 1
    near = process.extract(word, known.strong, scorer=OSA.distance, score_cutoff=wrong, limit=None)
    for there, distance, _ in near:
        yield there, _NEARLY - 0.1 * distance
