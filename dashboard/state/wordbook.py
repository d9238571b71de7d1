"""
What the words of a question mean: regions, groups, measures, years, views, pages.

Pure and total: any text is read, from left to right, the longest phrase first. The words are those
of the catalogue, of the regions of a version, and of `data/questions.yaml`; nothing is learnt, and
nothing guessed but a letter or two. Case, accents, spaces in compounds and endings do not matter.
Whether there is a figure of what is meant is not known here.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from rapidfuzz import process
from rapidfuzz.distance import OSA

from dashboard.codes import AddressLevel, ViewName
from dashboard.data.asked import AskedFor, QuestionWords
from dashboard.state.regions import Region
from dashboard.state.search import (
    SearchIndex,
    folded_text,
    indicators_index,
    regions_index,
    search_words,
    word_matches,
)
from dashboard.text import LANGS
from etl.catalogue import TOTAL, Catalogue

KNOWN = 0.85  # a word that begins a name, or is one
_CLOSE = 0.9  # of the nearest name: others that a word may begin
_TITLE, _SYNONYM = 0.5, 0.45  # more, where the words are a whole title or synonym
_MOST_PLACES, _MOST_WORDS = 4, 7
_SHORTEST_NEAR, _LONG = 5, 8  # of a word that may be mistyped; two letters in a long one
_PLACE_LEVELS = ("municipality", "county", "stadsdel", "group", "regso")
_DASHES = str.maketrans(
    dict.fromkeys(
        "\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}", "-"
    )
)
_TOKEN = re.compile(r"\d+-\d+|\d+\+|[^\W_]+")
_YEAR = re.compile(r"(?:19[3-9]|20\d)\d")
_YEARS = re.compile(r"((?:19[3-9]|20\d)\d)-((?:19[3-9]|20\d)\d)")
_MONTH = re.compile(r"((?:19[3-9]|20\d)\d)m(\d\d?)")
_AGES = re.compile(r"\d{1,2}-\d{1,2}|\d{2,3}\+")
_ENDINGS = (
    "arnas", "ernas", "ornas", "arna", "erna", "orna", "ens", "ets", "ers", "ars", "ors", "ar",
    "er", "or", "en", "et", "na", "an", "as", "es", "s", "a", "e", "n", "t",
)  # fmt: skip
_SHORTEST_STEM = 3
_LINKING = ("", "s", "o", "a", "e")  # between the parts of a compound
_MONTHS = (
    ("januari", "january"), ("februari", "february"), ("mars", "march"), ("april", "april"),
    ("maj", "may"), ("juni", "june"), ("juli", "july"), ("augusti", "august"),
    ("september", "september"), ("oktober", "october"), ("november", "november"),
    ("december", "december"),
)  # fmt: skip
_MONTH_OF = MappingProxyType(
    {name: f"M{number:02}" for number, names in enumerate(_MONTHS, 1) for name in names}
)
_ROLES = frozenset({"own_county", "own_municipality", "similar", "group"})
_PLACED = _ROLES | {"versus"}
_ONLY_BESIDE = frozenset({"@similar", "@group"})
_AND = frozenset({"och", "and", "samt"})
_VERBS = frozenset({"jamfor", "jamfora", "compare"})


@dataclass(frozen=True)
class Lexicon:
    """
    What words mean, made once of a version.

    `phrases`: by the letters of a whole phrase; `stems`: the same without endings; `places`: codes
    of regions by the letters of their names, the nearest meant first; `names`: these names as they
    are written; `titles`: indicators by the letters of a title or synonym.
    """

    phrases: Mapping[str, tuple[AskedFor, ...]]
    stems: Mapping[str, tuple[AskedFor, ...]]
    places: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]
    titles: Mapping[str, Mapping[str, float]]
    idle: frozenset[str]
    leading: tuple[str, ...]
    regions: SearchIndex
    indicators: SearchIndex

    def named(self, text: str) -> tuple[str, ...]:
        """The codes of the regions that a text is a name of, also one that no table has."""
        letters = letters_of(text)
        told = (code for asked in self.phrases.get(letters, ()) for code in asked.regions)
        return tuple(dict.fromkeys((*self.places.get(letters, ()), *told)))


@dataclass(frozen=True)
class Token:
    """A word of a question: as it was written, and its letters for comparing."""

    written: str
    letters: str


def _tokens(text: str) -> list[Token]:
    """The words, numbers and ranges of a text."""
    plain = unicodedata.normalize("NFC", text).translate(_DASHES)
    plain = re.sub(r"(?<=\d)\s*-\s*(?=\d)", "-", plain)
    found = []
    for written in _TOKEN.findall(plain):
        letters = written if _is_range(written) else folded_text(written).replace(" ", "")
        if letters:
            found.append(Token(written, "fodda" if letters == "fodd" else letters))
    return found


def _is_range(word: str) -> bool:
    return "-" in word or "+" in word


def letters_of(text: str) -> str:
    """The letters of a text for comparing, without the spaces between its words."""
    return "".join(token.letters for token in _tokens(text))


def _stem(letters: str) -> str:
    """The letters without a Swedish ending; a number has none."""
    if not letters.isalpha():
        return letters
    for ending in _ENDINGS:
        if letters.endswith(ending) and len(letters) - len(ending) >= _SHORTEST_STEM:
            return letters.removesuffix(ending)
    return letters


def lexicon(catalogue: Catalogue, regions: Mapping[str, Region], words: QuestionWords) -> Lexicon:
    """The words of a catalogue, of regions and of the file of words."""
    phrases: dict[str, dict[AskedFor, None]] = defaultdict(dict)
    for asked in (*words.asked, *_categories(catalogue), *_gathered(catalogue)):
        for phrase in asked.words:
            phrases[letters_of(phrase)][asked] = None
    stems: dict[str, dict[AskedFor, None]] = defaultdict(dict)
    for letters, known in phrases.items():
        stems[_stem(letters)].update(known)
    idle = (word for line in words.idle for word in line.split())
    return Lexicon(
        {letters: tuple(known) for letters, known in phrases.items()},
        {letters: tuple(known) for letters, known in stems.items()},
        _place_names(regions),
        {region.code: region.called.casefold() for region in regions.values()},
        _titles(catalogue),
        frozenset(map(letters_of, idle)),
        words.leading,
        regions_index(regions),
        indicators_index(catalogue),
    )


def _categories(catalogue: Catalogue) -> Iterator[AskedFor]:
    """The groups of the catalogue by their labels; those of one label in the catalogue's order."""
    found: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for category in catalogue.categories:
        if category.dimension != "age" and category.code != TOTAL:
            for lang in LANGS:
                label = category.label[lang].partition(" (")[0]
                found[category.dimension, label][category.code] = None
    for (dimension, label), codes in found.items():
        listed = {dimension: tuple(codes)}
        yield AskedFor(
            words=(label,),
            backgrounds=listed.get("background", ()),
            sexes=listed.get("sex", ()),
            educations=listed.get("education", ()),
        )


def _gathered(catalogue: Catalogue) -> Iterator[AskedFor]:
    """The collections and themes by their titles."""
    for collection in catalogue.collections:
        titles = tuple(collection.title[lang] for lang in LANGS)
        yield AskedFor(words=titles, collection=collection.id)
    for theme in catalogue.themes:
        yield AskedFor(words=tuple(theme.title[lang] for lang in LANGS), theme=theme.id)


def _titles(catalogue: Catalogue) -> dict[str, dict[str, float]]:
    titles: dict[str, dict[str, float]] = defaultdict(dict)
    for indicator in catalogue.indicators:
        for synonym in indicator.synonyms:
            titles[letters_of(synonym)][indicator.id] = _SYNONYM
        for lang in LANGS:
            titles[letters_of(indicator.title[lang])][indicator.id] = _TITLE
    return titles


def _place_names(regions: Mapping[str, Region]) -> dict[str, tuple[str, ...]]:
    """Codes by the letters of every name of a region, also in the genitive."""
    ranked = (region for region in regions.values() if region.level in _PLACE_LEVELS)
    listed = sorted(ranked, key=lambda one: (_PLACE_LEVELS.index(one.level), one.called, one.code))
    places: dict[str, dict[str, None]] = defaultdict(dict)
    for region in listed:
        for name in dict.fromkeys(_names(region)):
            letters = letters_of(name)
            places[letters][region.code] = None
            places[f"{letters}s"][region.code] = None
    return {letters: tuple(codes) for letters, codes in places.items()}


def _names(region: Region) -> Iterator[str]:
    """What a region is called: "Stockholms län", "Stockholm", "Region Stockholm"; its code."""
    names = [region.name(lang).partition(" (")[0] for lang in LANGS]
    yield from names
    if region.former_name:
        yield region.former_name
    if region.code.isdigit():
        yield region.code
    if region.level == "municipality":
        yield from (f"{names[0]} kommun", f"{names[0]}s kommun", f"{names[0]} municipality")
    if region.level == "county":
        for base in dict.fromkeys(
            (names[0].removesuffix(" län"), names[0].removesuffix(" län").removesuffix("s"))
        ):
            yield from (base, f"{base} län", f"{base} county", f"Region {base}")
            yield f"Region {base} län"


@dataclass
class ReadQuestion:
    """
    What has been read of a question.

    `places` and `versus`: alternatives of a region, each a code or the role of one. `groups`: what
    is said of groups, with the words of it. `measures`: the same of indicators. `rest`: words of
    which the indicators' texts must tell what they mean.
    """

    places: list[tuple[str, ...]] = field(default_factory=list)
    versus: list[tuple[str, ...]] = field(default_factory=list)
    groups: list[tuple[AskedFor, list[Token]]] = field(default_factory=list)
    measures: list[tuple[AskedFor, list[Token]]] = field(default_factory=list)
    rest: list[Token] = field(default_factory=list)
    years: list[str] = field(default_factory=list)
    since: bool = False
    until: bool = False
    views: list[ViewName] = field(default_factory=list)
    level: AddressLevel | None = None
    by: str = ""
    gathered: list[tuple[AskedFor, list[Token]]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    told: list[AskedFor] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    place_told: dict[str, AskedFor] = field(default_factory=dict)
    titled: bool = False

    @property
    def view(self) -> ViewName | None:
        """The view that is asked for; a list is meant only where no other view is named."""
        named = [view for view in self.views if view != "jamfor"] or self.views
        return "skillnader" if "skillnader" in named else next(iter(named), None)

    @property
    def is_map(self) -> bool:
        """Whether a map is asked for: of figures, or of differences."""
        return "karta" in self.views and self.view in {"karta", "skillnader"}

    @property
    def is_of_figures(self) -> bool:
        """Whether anything is asked for that a chart can show."""
        found = (self.rest, self.groups, self.measures, self.years, self.view, self.by)
        return any(found)


def read_question(text: str, known: Lexicon) -> ReadQuestion:
    """What a question says, from left to right, the longest phrase first."""
    question, tokens = ReadQuestion(), _split_compounds(_tokens(text), known)
    is_versus, is_named, place = False, False, 0
    while place < len(tokens):
        count, meanings, codes = _longest(tokens, place, known)
        words = tokens[place : place + count]
        names = codes or _region_names(question, meanings)
        roles = {asked.role for asked in meanings}
        if "versus" in roles:
            # "jämför" that begins a question does not say yet with what.
            is_versus, is_named = bool(place) or words[0].letters not in _VERBS, False
        elif names:
            beside = is_versus or names[0] in _ONLY_BESIDE
            (question.versus if beside else question.places).append(names)
            is_named = True
        else:
            # "mot länet och riket" goes on; "mot länet i Botkyrka" does not.
            is_versus &= not is_named or words[0].letters in _AND
            _note(question, words, meanings, known)
        place += count
    question.titled = "".join(token.letters for token in question.rest) in known.titles
    return question


def _region_names(question: ReadQuestion, meanings: Iterable[AskedFor]) -> tuple[str, ...]:
    """The regions that words of the file name, by code or role; none where they name none."""
    for asked in meanings:
        if asked.role in _ROLES:
            return (f"@{asked.role}",)
        if asked.regions:
            if asked.told:
                question.place_told.update(dict.fromkeys(asked.regions, asked))
            return asked.regions
    return ()


def _longest(
    tokens: Sequence[Token], place: int, known: Lexicon
) -> tuple[int, tuple[AskedFor, ...], tuple[str, ...]]:
    """How many words from a place belong together, and what they mean; the codes of a region."""
    most = min(_MOST_WORDS, len(tokens) - place)
    for count in range(most, 0, -1):
        words = tokens[place : place + count]
        letters = "".join(token.letters for token in words)
        if count == 1 and _is_time(letters):
            return 1, (), ()
        meanings = known.phrases.get(letters, ())
        codes = known.places.get(letters, ())
        if codes and not meanings and not (count == 1 and _is_rather_indicator(words[0], known)):
            return count, (), _as_written(codes, words, known)
        if meanings:
            return count, meanings, ()
        if count > 1 and letters in known.titles:
            return count, (), ()
        if stemmed := known.stems.get(_stem(letters), ()):
            return count, stemmed, ()
    return 1, (), ()


def _is_time(letters: str) -> bool:
    return bool(_YEAR.fullmatch(letters) or _YEARS.fullmatch(letters))


def _is_rather_indicator(token: Token, known: Lexicon) -> bool:
    """Whether a word says something else, too, and a region of that name is only an area."""
    codes = known.places[token.letters]
    is_area = all("R" in code or code.startswith("stadsdel-") for code in codes)
    is_word = token.letters in known.indicators.weights or token.letters in known.idle
    return is_area and is_word


def _as_written(codes: tuple[str, ...], words: Sequence[Token], known: Lexicon) -> tuple[str, ...]:
    """The codes of names that differ by their accents only, those as written first."""
    written = words[0].written.casefold()
    return tuple(sorted(codes, key=lambda code: not known.names[code].startswith(written)))


def _note(
    question: ReadQuestion, words: list[Token], meanings: Sequence[AskedFor], known: Lexicon
) -> None:
    """Take down what some words say that are no region."""
    if not meanings:
        for token in words:
            _note_word(question, token, known, alone=len(words) == 1)
        return
    groups = [asked for asked in meanings if asked.groups]
    measures = [asked for asked in meanings if asked.indicators]
    gathered = [asked for asked in meanings if asked.collection or asked.theme]
    question.groups += [(asked, words) for asked in groups[:1]]
    question.measures += [(asked, words) for asked in measures]
    question.gathered += [(asked, words) for asked in gathered]
    others = [asked for asked in meanings if asked not in (*groups, *measures, *gathered)]
    for asked in others:
        _note_other(question, asked)
    if not groups and not measures and not others:  # a theme is in the texts of its indicators
        question.rest += words


def _note_other(question: ReadQuestion, asked: AskedFor) -> None:
    """Take down a view, a level, a page, a role, or that there is no statistic of something."""
    question.views += [asked.view] if asked.view else []
    question.level = question.level or asked.level
    question.paths += [asked.path] if asked.path else []
    question.since |= asked.role == "since"
    question.until |= asked.role == "until"
    question.by = asked.kind if asked.role == "by" else question.by
    is_only_told = asked.told and not (asked.view or asked.level or asked.path or asked.role)
    question.told += [asked] if is_only_told else []


def _note_word(question: ReadQuestion, token: Token, known: Lexicon, *, alone: bool) -> None:
    """Take down a word that is no phrase: a time, an age, a region begun, an indicator's word."""
    letters = token.letters
    if match := _YEARS.fullmatch(letters):
        question.years += match.groups()
    elif _YEAR.fullmatch(letters):
        question.years.append(letters)
    elif match := _MONTH.fullmatch(letters):
        question.years += [match[1], f"M{int(match[2]):02}"]
    elif letters in _MONTH_OF:
        question.years.append(_MONTH_OF[letters])
    elif _AGES.fullmatch(letters):
        question.groups.append((AskedFor(words=(letters,), ages=(letters,)), [token]))
    elif letters in known.idle or not search_words(letters):
        return
    else:
        _note_unknown(question, token, known, alone=alone)


def _note_unknown(question: ReadQuestion, token: Token, known: Lexicon, *, alone: bool) -> None:
    """Take down a word that must be looked for: the beginning of a name, or one mistyped."""
    letters = token.letters
    of_indicators = word_matches(letters, known.indicators)
    of_regions = word_matches(letters, known.regions) if alone else {}
    told_by_indicators = max(of_indicators.values(), default=0.0)
    named = max(of_regions.values(), default=0.0)
    near = _nearly(letters, known) if max(told_by_indicators, named) < KNOWN else ()
    is_sure = max(told_by_indicators, named) > _SYNONYM
    if near and not is_sure:
        _note(question, [token], near, known)
    elif named > told_by_indicators:
        close = [number for number in of_regions if of_regions[number] >= _CLOSE * named]
        close.sort(key=lambda number: (-of_regions[number], number))
        best = (known.regions.entries[number].code for number in close[:_MOST_PLACES])
        question.places.append(tuple(best))
    elif of_indicators:
        question.rest.append(token)
    else:
        question.unread.append(token.written)


def _nearly(letters: str, known: Lexicon) -> tuple[AskedFor, ...]:
    """What a word means that is a letter or two from one that is known."""
    if len(letters) < _SHORTEST_NEAR:
        return ()
    wrong = 2 if len(letters) >= _LONG else 1
    near = process.extractOne(
        letters, known.phrases.keys(), scorer=OSA.distance, score_cutoff=wrong
    )
    meanings = known.phrases[near[0]] if near else ()
    return tuple(asked for asked in meanings if not asked.regions and asked.role not in _PLACED)


def _split_compounds(tokens: Sequence[Token], known: Lexicon) -> list[Token]:
    """The words, those that nobody knows in two where both parts are known ("kvinnolöner")."""
    return [part for token in tokens for part in _parts(token, known)]


def _parts(token: Token, known: Lexicon) -> list[Token]:
    letters = token.letters
    if len(letters) < 2 * _SHORTEST_STEM + 2 or _is_known(letters, known):
        return [token]
    for end in range(len(letters) - _SHORTEST_STEM, _SHORTEST_STEM, -1):
        first, second = letters[:end], letters[end:]
        if not (_has_meaning(second, known)):
            continue
        for linking in _LINKING:
            bare = first.removesuffix(linking) if linking else first
            if len(bare) >= _SHORTEST_STEM + 1 and _has_meaning(bare, known):
                return [Token(first, bare), Token(second, second)]
    return [token]


def _is_known(letters: str, known: Lexicon) -> bool:
    return (
        _has_meaning(letters, known)
        or letters in known.places
        or letters in known.indicators.weights
        or letters in known.idle
        or any(word.startswith(letters) for word in known.indicators.strong)
        or any(word.startswith(letters) for word in known.regions.weights)
    )


def _has_meaning(letters: str, known: Lexicon) -> bool:
    return letters in known.phrases or _stem(letters) in known.stems
