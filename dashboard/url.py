"""
What a link asks for: the state of the view, parsed from the URL and printed to it.

Pure and total: any text parses. It knows the grammar (lists by comma), not which regions
or groups exist; what breaks the grammar is kept as a notice and the rest is used.
"""

import re
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, quote

from dashboard.text import LANGS
from etl.catalogue import TOTAL, Lang

CODE = re.compile(r"[\w+-]{1,64}")  # letters of any alphabet: SCB has the code "öv"
KEYS = ("region", "jamfor", "bakgrund", "kon", "lang")
COUNTRY = "00"


@dataclass(frozen=True)
class Notice:
    """A value of the link that could not be used, and the key it stood under."""

    key: str
    value: str


@dataclass(frozen=True)
class State:
    """
    The view a link describes.

    `jamfor`: regions to compare with; None is the default (county and country), an empty
    tuple is a wish for none. `bakgrund` and `kon`: codes, `_T` for everybody.
    """

    region: str = COUNTRY
    jamfor: tuple[str, ...] | None = None
    bakgrund: tuple[str, ...] = (TOTAL,)
    kon: tuple[str, ...] = (TOTAL,)
    lang: Lang = "sv"
    notices: tuple[Notice, ...] = ()


def parsed(search: object) -> State:
    """The state of a query string such as "?region=0127&kon=2,1"; any value gives one."""
    text = search.removeprefix("?") if isinstance(search, str) else ""
    pairs = parse_qsl(text, keep_blank_values=True)
    given = dict(reversed(pairs))  # the first of two equal keys counts
    notices = [Notice(key[:80], value[:80]) for key, value in given.items() if key not in KEYS]
    regions = _codes("region", given, notices)
    lang = given.get("lang", "sv")
    notices += [Notice("region", code) for code in regions[1:]]
    notices += [Notice("lang", lang[:80])] if lang not in LANGS else []
    jamfor = _codes("jamfor", given, notices)
    return State(
        region=regions[0] if regions else COUNTRY,
        jamfor=jamfor if jamfor or given.get("jamfor") == "" else None,
        bakgrund=_codes("bakgrund", given, notices) or (TOTAL,),
        kon=_codes("kon", given, notices) or (TOTAL,),
        lang="en" if lang == "en" else "sv",
        notices=tuple(notices),
    )


def printed(state: State) -> str:
    """The query string of a state, defaults left out; "" when all are defaults."""
    default = State()
    parts = [
        ("region", state.region if state.region != default.region else None),
        ("jamfor", None if state.jamfor is None else ",".join(state.jamfor)),
        ("bakgrund", ",".join(state.bakgrund) if state.bakgrund != default.bakgrund else None),
        ("kon", ",".join(state.kon) if state.kon != default.kon else None),
        ("lang", state.lang if state.lang != default.lang else None),
    ]
    query = "&".join(f"{key}={quote(value, safe=',')}" for key, value in parts if value is not None)
    return f"?{query}" if query else ""


def link(path: str, state: State, **changes: object) -> str:
    """An address on this site: a path and a state with some of its fields changed."""
    return path + printed(replace(state, **changes))  # type: ignore[arg-type]


def _codes(key: str, given: dict[str, str], notices: list[Notice]) -> tuple[str, ...]:
    """The codes of a list, once each, in order; what is no code becomes a notice."""
    codes: dict[str, None] = {}
    for item in filter(None, given.get(key, "").split(",")):
        if CODE.fullmatch(item):
            codes[item] = None
        else:
            notices.append(Notice(key, item[:80]))
    return tuple(codes)
