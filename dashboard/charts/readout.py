"""
What a chart says under the pointer and by the arrow keys, for `assets/readout.js`.

Pure. It words no value: of lines the words are those of their points, of rows those of the rows.
"""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from dashboard.data.observation import Observation
from dashboard.rules import stretches
from dashboard.rules.comparison import has_seasons
from dashboard.text import format, lower_first, term
from etl.catalogue import Break, Indicator, Lang
from etl.catalogue.periods import frequency, ordinal, period_at

# A place in time, a few words, and the axis that they concern, if not all.
PeriodNote = tuple[Any, ...]


def value_words(row: Observation, indicator: Indicator, lang: Lang) -> str:
    """A value with its unit where it is short, and its status in words: "0,0 % (noll)"."""
    text = format.measured(row.value, None, indicator, lang)
    return f"{text} ({status_words(row.status, lang)})" if row.status else text


def status_words(status: str, lang: Lang) -> str:
    """A source's symbol in words; one that nobody has explained stands before its words."""
    words = lower_first(format.meaning(status, lang))
    known = {symbol for symbol, _ in format.SYMBOLS}
    return words if status in known else f"{format.symbol(status)}, {words}"


def mark_notes(
    marks: Iterable[Break], like: str, lang: Lang, axes: Sequence[str] = ()
) -> list[PeriodNote]:
    """What is said of each break or caution at its first period, of the length of `like`."""
    return [
        (stretches.mark_place(mark, like), format.mark_label(mark, lang), *axes) for mark in marks
    ]


def lines_readout(
    indicator: Indicator,
    lang: Lang,
    periods: Sequence[str],
    notes: Sequence[PeriodNote],
    *,
    titles: Mapping[str, str] | None = None,
    has_more: bool = False,
) -> dict[str, Any]:
    """
    What lines over time say at each period, besides their points.

    Args:
        indicator: gives the unit and its decimals.
        lang: of the words.
        periods: those of the chart, oldest first.
        notes: what is said of breaks (see `mark_notes`).
        titles: the name of each small chart by its axis.
        has_more: other regions stand behind the lines, and may be added to them.

    """
    said: dict[str, Any] = {
        "unit": indicator.unit[lang],
        "none": lower_first(term("not_available", lang)),
        "label": term("readout_label", lang),
        "keys": term("readout_keys_charts" if titles else "readout_keys", lang),
        "notes": list(notes),
    }
    if periods and has_seasons(periods[0]):
        length = frequency(periods[0])
        places = range(ordinal(periods[0]), ordinal(periods[-1]) + 1)
        names = [format.period_name(period_at(place, length), lang) for place in places]
        said["periods"] = {"first": places[0], "names": names}
    if titles:
        said["titles"] = dict(titles)
    if has_more:
        said |= {
            "keys": term("readout_keys_grey", lang),
            "add": term("readout_add", lang),
            "added": term("readout_added", lang, name="{name}"),
            "decimals": indicator.decimals,
            "sign": format.unit_sign(indicator),
        }
    return said


def rows_readout(
    codes: Sequence[str],
    lang: Lang,
    *,
    here: str = "",
    unit: str = "",
    more: Mapping[int, Sequence[str]] = MappingProxyType({}),
    names: Sequence[str] = (),
) -> dict[str, Any]:
    """
    What the rows of a chart say besides the words at their points, and where they lead.

    Args:
        codes: of each row the code of its region, or the address that it leads to.
        lang: of the words.
        here: the region that is selected already, whose row leads nowhere.
        unit: of the numbers that stand at the points of a row.
        more: what else is said of a row, by its number.
        names: of the rows, where the axis does not name them.

    """
    return {
        "label": term("readout_label", lang),
        "keys": term("readout_keys_rows", lang),
        "lead": term("readout_lead", lang, name="{name}"),
        "unit": unit,
        "rows": ["" if code == here else code for code in codes],
        "more": {str(number): list(words) for number, words in more.items() if words},
        "names": list(names),
    }
