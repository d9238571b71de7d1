"""
What a link asks for: the state of the view, parsed from the URL and printed to it.

Pure and total: any text parses. It knows the grammar (lists by comma, ranges by hyphen), not
which regions, groups or years exist; what breaks the grammar is kept as a notice and the rest
is used.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal, get_args
from urllib.parse import parse_qsl, quote

from dashboard.codes import (
    AddressLevel,
    AddressMeasure,
    AddressSplit,
    GapPicture,
    Order,
    StartChoice,
    ViewName,
)
from etl.catalogue import TOTAL, Lang
from etl.catalogue.ages import FIVE_YEAR_CLASSES, SINGLE_YEARS, is_class
from etl.catalogue.periods import starting
from etl.catalogue.regions import COUNTRY
from etl.measures.similarity import (
    FEWEST_NUMBER,
    MOST_NUMBER,
    MOST_WEIGHT,
    PUBLISHED,
    USUAL_NUMBER,
)

TextSize = Literal["normal", "stor"]
EMBED_ROOT = "/inbaddad"
_CODE_PATTERN = re.compile(r"[\w+-]{1,64}")  # letters of any alphabet: SCB has the code "öv"
_PERIOD = r"(\d{4}(?:K[1-4]|M(?:0[1-9]|1[0-2]))?)"
_YEARS_PATTERN = re.compile(rf"{_PERIOD}(?:-{_PERIOD})?")
VERSION_PATTERN = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{8}")
_NAME_PATTERN = re.compile(r"[^:,]{1,60}")
_DAY_PATTERN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# What XML, and so a workbook or a slide, cannot hold: most control characters and no characters.
_NO_TEXT = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNKNOWN = "\ufffd"
_LONGEST = 80
# Words that stand for many ages: classes of five years, and every year of age.
_RUNS_OF_AGES = MappingProxyType({"femar": FIVE_YEAR_CLASSES, "ettar": SINGLE_YEARS})
_YES, _OPEN = "ja", "oppet"
_WEIGHT_PATTERN = re.compile(rf"([a-z][a-z0-9_]{{0,63}}):([0-{MOST_WEIGHT}])")


@dataclass(frozen=True)
class Notice:
    """
    A value of the link that could not be used, and the key it stood under.

    `sentence`: what is said of it, where that is more than its being unknown.
    """

    key: str
    value: str
    sentence: str = ""


@dataclass(frozen=True)
class RegionGroup:
    """A reader's own group of regions, under a name of their own."""

    name: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class State:
    """
    The view a link describes.

    `comparison`: the comparison regions; None is the default (county and country), an empty
    tuple asks for none. `region_group`: an own group of regions. `backgrounds`, `sexes`, `ages`
    and `educations`: codes, `_T` for everybody. `years`: first and last year, quarter or month,
    the same for one; None is the latest, or all. `split`: whether lines stand in small charts, by
    region or by group; "" is as many as they need. `counts`: the counts behind shares, beside them.
    `since`: the day since which changes are told, as it was written.
    `measure` of a difference between two groups, and the `picture` of it in many regions.
    `start`: of two years, whether all regions are shown or those that started alike. `weights` of
    criteria for similar municipalities, those that differ from the published ones, by name;
    `neighbours`: how many similar municipalities.
    `page`: of a long table. `unfolded`: whether all controls of a page are in view.
    `version`: "" is the current one.
    """

    region: str = COUNTRY
    comparison: tuple[str, ...] | None = None
    region_group: RegionGroup | None = None
    backgrounds: tuple[str, ...] = (TOTAL,)
    sexes: tuple[str, ...] = (TOTAL,)
    ages: tuple[str, ...] = (TOTAL,)
    educations: tuple[str, ...] = (TOTAL,)
    years: tuple[str, str] | None = None
    view: ViewName = "tid"
    split: AddressSplit | Literal[""] = ""
    pair: tuple[str, str] = ("SE", "SAMUTF")
    measure: AddressMeasure = "skillnad"
    picture: GapPicture = "lista"
    start: StartChoice = "alla"
    weights: tuple[tuple[str, int], ...] = ()
    neighbours: int = USUAL_NUMBER
    indicators: tuple[str, ...] = ()
    theme: str = ""
    collection: str = ""
    level: AddressLevel = "kommun"
    order: Order = "namn"
    counts: bool = False
    since: str = ""
    search: str = ""
    page: str = "1"
    unfolded: bool = False
    text_size: TextSize = "normal"
    lang: Lang = "sv"
    version: str = ""
    notices: tuple[Notice, ...] = ()

    @property
    def all_weights(self) -> Mapping[str, int]:
        """The weight of each criterion, those of the published method and those of the link."""
        return {**PUBLISHED, **dict(self.weights)}


Read = tuple[Any, tuple[str, ...]]  # the value, None for the default; what cannot be used


@dataclass(frozen=True)
class _AddressKey:
    """A key of the address: its name there, and how its text is read and written."""

    name: str
    read: Callable[[str], Read]
    write: Callable[[Any], str]


def parsed(search: object) -> State:
    """The state of a query string such as "?region=0127&kon=2,1"; any value gives one."""
    text = search.removeprefix("?") if isinstance(search, str) else ""
    pairs = [
        (_NO_TEXT.sub(_UNKNOWN, name), _NO_TEXT.sub(_UNKNOWN, value))
        for name, value in parse_qsl(text, keep_blank_values=True)
    ]
    given = dict(reversed(pairs))  # the first of two equal keys counts
    notices = [
        Notice(key[:_LONGEST], given[key][:_LONGEST]) for key in given if key not in _KEY_NAMES
    ]
    values = {}
    for field, key in KEYS.items():
        if key.name in given:
            value, unusable = key.read(given[key.name])
            notices += [Notice(key.name, text[:_LONGEST]) for text in unusable]
            if value is not None:
                values[field] = value
    values, unusable = _ages_apart(values)
    notices += [Notice(KEYS["backgrounds"].name, text) for text in unusable]
    return State(**values, notices=tuple(notices))


def _ages_apart(values: dict[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """
    The values with the ages of an older link in their own list, and those that fit nowhere.

    Ages stood among the backgrounds until November 2026, as lines beside those of everybody.
    """
    codes = values.get("backgrounds", ())
    ages = tuple(code for code in codes if is_class(code))
    if not ages:
        return values, ()
    rest = tuple(code for code in codes if code not in ages)
    if "ages" in values or set(rest) - {TOTAL}:
        return {**values, "backgrounds": rest or (TOTAL,)}, ages
    return {**values, "backgrounds": (TOTAL,), "ages": (*rest, *ages)}, ()


def day_of(text: str) -> date | None:
    """The day that is written as 2026-10-01; None for any other text."""
    try:
        return date.fromisoformat(text) if _DAY_PATTERN.fullmatch(text) else None
    except ValueError:
        return None


@lru_cache(maxsize=256)
def printed(state: State) -> str:
    """The query string of a state, defaults left out; "" when all are defaults."""
    default = State()
    given = {
        key.name: key.write(getattr(state, field))
        for field, key in KEYS.items()
        if getattr(state, field) != getattr(default, field)
    }
    query = "&".join(f"{name}={quote(text, safe=',:')}" for name, text in given.items())
    return f"?{query}" if query else ""


def link(path: str, state: State, **changes: object) -> str:
    """An address on this site: a path and a state with some of its fields changed."""
    return path + printed(replace(state, **changes) if changes else state)  # type: ignore[arg-type]


def row_id(indicator: str) -> str:
    """The anchor of an indicator in a list of them: who comes back to the list comes there."""
    return f"rad-{indicator}"


@lru_cache(maxsize=256)
def carried(state: State, *names: str, **changes: object) -> State:
    """
    A state of only some keys.

    Region, counts, the criteria of similar municipalities, language and version always follow the
    reader.
    """
    always = {"region", "counts", "weights", "neighbours", "lang", "version", *names}
    values = {key.name: getattr(state, key.name) for key in fields(state) if key.name in always}
    return State(**(values | changes))


def _code_list(text: str) -> Read:
    """The codes of a list, once each, in order; "" is a list of none."""
    items = [item for item in text.split(",") if item]
    codes = tuple(dict.fromkeys(item for item in items if _CODE_PATTERN.fullmatch(item)))
    return codes if codes or not items else None, tuple(
        item for item in items if not _CODE_PATTERN.fullmatch(item)
    )


def _codes(text: str) -> Read:
    codes, invalid = _code_list(text)
    return codes or None, invalid


def _ages(text: str) -> Read:
    return (_RUNS_OF_AGES[text], ()) if text in _RUNS_OF_AGES else _codes(text)


def _joined_ages(codes: tuple[str, ...]) -> str:
    runs = (word for word, run in _RUNS_OF_AGES.items() if run == codes)
    return next(runs, None) or _joined(codes)


def _code(text: str) -> Read:
    codes, invalid = _code_list(text)
    return (codes[0] if codes else None), (*(codes or ())[1:], *invalid)


def _code_pair(text: str) -> Read:
    codes, invalid = _code_list(text)
    if codes is None or len(codes) != 2 or invalid:
        return None, (text,) if text else ()
    return codes, ()


def _years(text: str) -> Read:
    match = _YEARS_PATTERN.fullmatch(text)
    first, last = (match[1], match[2] or match[1]) if match else ("", "")
    if not match or starting(last, "month") < starting(first, "month"):
        return None, (text,) if text else ()
    return (first, last), ()


def _region_group(text: str) -> Read:
    name, _, codes = text.partition(":")
    members, invalid = _code_list(codes)
    if not members or invalid or not _NAME_PATTERN.fullmatch(name) or not name.strip():
        return None, (text,) if text else ()
    return RegionGroup(name.strip(), members), ()


def _weights(text: str) -> Read:
    """Weights of criteria, of two for one criterion the first; as published they are left out."""
    known: dict[str, int] = {}
    invalid = []
    for item in filter(None, text.split(",")):
        match = _WEIGHT_PATTERN.fullmatch(item)
        if match and match[1] not in known:
            known[match[1]] = int(match[2])
        else:
            invalid.append(item)
    return with_weights(known), tuple(invalid)


def with_weights(weights: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """The weights that differ from those of the published method, by name."""
    return tuple(
        sorted((name, one) for name, one in weights.items() if one != PUBLISHED.get(name, 0))
    )


def _written_weights(weights: tuple[tuple[str, int], ...]) -> str:
    return ",".join(f"{name}:{weight}" for name, weight in weights)


def _neighbours(text: str) -> Read:
    fits = re.fullmatch(r"[0-9]{1,2}", text) and FEWEST_NUMBER <= int(text) <= MOST_NUMBER
    return (int(text), ()) if fits else (None, (text,) if text else ())


def _words(text: str) -> Read:
    return text[:_LONGEST].strip() or None, ()


def _page(text: str) -> Read:
    fits = re.fullmatch(r"[1-9]\d{0,5}", text)
    return (text, ()) if fits else (None, (text,) if text else ())


def _version(text: str) -> Read:
    return (text, ()) if VERSION_PATTERN.fullmatch(text) else (None, (text,) if text else ())


def _of(choices: object) -> Callable[[str], Read]:
    """Reader of one of the words of a Literal."""
    words = get_args(choices)
    return lambda text: (text, ()) if text in words else (None, (text,) if text else ())


def _only(word: str) -> Callable[[str], Read]:
    """Reader of a key that is one word or left out: whether it is there."""
    return lambda text: (True, ()) if text == word else (None, (text,) if text else ())


def _joined(codes: tuple[str, ...]) -> str:
    return ",".join(codes)


KEYS: Mapping[str, _AddressKey] = MappingProxyType(
    {
        "region": _AddressKey("region", _code, str),
        "comparison": _AddressKey("jamfor", _code_list, _joined),
        "region_group": _AddressKey(
            "grupp", _region_group, lambda group: f"{group.name}:{_joined(group.codes)}"
        ),
        "backgrounds": _AddressKey("bakgrund", _codes, _joined),
        "sexes": _AddressKey("kon", _codes, _joined),
        "ages": _AddressKey("alder", _ages, _joined_ages),
        "educations": _AddressKey("utb", _codes, _joined),
        "years": _AddressKey("ar", _years, lambda years: "-".join(dict.fromkeys(years))),
        "view": _AddressKey("vy", _of(ViewName), str),
        "split": _AddressKey("delat", _of(AddressSplit), str),
        "pair": _AddressKey("par", _code_pair, _joined),
        "measure": _AddressKey("matt", _of(AddressMeasure), str),
        "picture": _AddressKey("bild", _of(GapPicture), str),
        "start": _AddressKey("fran", _of(StartChoice), str),
        "weights": _AddressKey("vikter", _weights, _written_weights),
        "neighbours": _AddressKey("grannar", _neighbours, str),
        "indicators": _AddressKey("indikatorer", _codes, _joined),
        "theme": _AddressKey("tema", _code, str),
        "collection": _AddressKey("samling", _code, str),
        "level": _AddressKey("niva", _of(AddressLevel), str),
        "order": _AddressKey("sortering", _of(Order), str),
        "counts": _AddressKey("antal", _only(_YES), lambda _: _YES),
        "since": _AddressKey("sedan", _words, str),
        "search": _AddressKey("sok", _words, str),
        "page": _AddressKey("sida", _page, str),
        "text_size": _AddressKey("text", _of(TextSize), str),
        "lang": _AddressKey("lang", _of(Lang), str),
        "version": _AddressKey("version", _version, str),
        "unfolded": _AddressKey("urval", _only(_OPEN), lambda _: _OPEN),
    }
)
_KEY_NAMES = frozenset(key.name for key in KEYS.values())
