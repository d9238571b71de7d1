"""
Numbers, units, symbols and dates as readers of each language expect them.

Total: every value of the warehouse, and None, NaN or infinity, gets a text. It never
computes a figure and never turns a missing one into zero.
"""

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from dashboard.text import term
from etl.catalogue import Break, Indicator, Lang
from etl.catalogue.periods import (
    PERIODS_A_YEAR,
    Frequency,
    frequency,
    is_period,
    number_in_year,
    year_of,
)

NBSP = "\u00a0"
MINUS = "\u2212"
_MISSING = ".."
_BETWEEN_SENTENCES = re.compile('(?<=[^.][.!?]) (?=[”“"]?[A-ZÅÄÖ0-9])')
_MONTHS: Mapping[Lang, Sequence[str]] = {
    "sv": (
        "januari", "februari", "mars", "april", "maj", "juni",
        "juli", "augusti", "september", "oktober", "november", "december",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
_SHORT_MONTHS: Mapping[Lang, Sequence[str]] = {
    "sv": (
        "jan", "feb", "mars", "apr", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec",
    ),
    "en": (
        "Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sep", "Oct", "Nov", "Dec",
    ),
}  # fmt: skip
_LONGEST_NAME = 60  # letters of a part of a file name
# What a source's symbol means; each is a term of `text`.
SYMBOLS = (("..", "hidden"), (".", "impossible"), ("-", "nil"))


@dataclass(frozen=True)
class Look:
    """How a chart is to be drawn for this reader: language, narrow window, invented data."""

    lang: Lang
    narrow: bool = False
    example: bool = False


def has_number(value: float | None) -> bool:
    """Whether there is a number: not None, NaN or infinite."""
    return value is not None and math.isfinite(value)


def number(value: float | None, decimals: int, lang: Lang) -> str:
    """A number with the language's separators and a true minus; ".." where there is none."""
    if value is None or not math.isfinite(value):
        return _MISSING
    digits = f"{abs(value):,.{decimals}f}"
    sign = MINUS if value < 0 and float(digits.replace(",", "")) else ""
    if lang == "sv":
        digits = digits.replace(",", NBSP).replace(".", ",")
    return sign + digits


def with_sign(value: float, decimals: int, lang: Lang) -> str:
    """A number with its sign also when it is positive: "+0,4", "−400"."""
    return ("+" if value > 0 else "") + number(value, decimals, lang)


def symbol(status: object) -> str:
    """A source's symbol as shown, "" for none: nil is written with an en dash."""
    if not isinstance(status, str) or not status:
        return ""
    return "–" if status == "-" else status


def meaning(status: str, lang: Lang) -> str:
    """What a symbol says in words, also one that nobody has explained."""
    return term(dict(SYMBOLS).get(status, "other_status"), lang)


def measured(value: float | None, status: object, indicator: Indicator, lang: Lang) -> str:
    """A value with its unit where it is short (%), the symbol in its place, or "" for neither."""
    if not has_number(value):
        return symbol(status)
    text = number(value, indicator.decimals, lang)
    return text + unit_sign(indicator)


def unit_sign(indicator: Indicator) -> str:
    """The sign after a number in tables and charts: a share's " %", else nothing."""
    return f"{NBSP}%" if indicator.measure == "share" else ""


def names_unit(indicator: Indicator) -> bool:
    """Whether a number is followed by its unit in words: not a share's %, nor a bare ratio."""
    return indicator.measure not in {"share", "ratio", "index"}


def marked(value: float | None, status: object, decimals: int, lang: Lang) -> str:
    """
    A table's cell: the number with its symbol beside it, or the symbol that stands for it.

    "" where the source has neither: ".." says that it holds a figure back, which is another
    thing than having no row.
    """
    beside = symbol(status)
    if not has_number(value):
        return beside
    if status == "-" and value == 0:  # the source's own way of writing zero
        return beside
    text = number(value, decimals, lang)
    return f"{text}{NBSP}{beside}" if beside else text


def day(moment: date | pd.api.typing.NaTType | None, lang: Lang) -> str:
    """A date in words, "13 februari 2026"; words when it is not known."""
    if pd.isna(moment):
        return term("day_unknown", lang)
    return f"{moment.day} {_MONTHS[lang][moment.month - 1]} {moment.year}"


def period_name(period: str, lang: Lang) -> str:
    """A period in words: "2026", "september 2026", "kvartal 3 2026"; any other text as it is."""
    return _named(period, _MONTHS[lang], "quarter_name", lang)


def period_short(period: str, lang: Lang) -> str:
    """A period where there is little room: "2026", "sep 2026", "kv 3 2026"."""
    return _named(period, _SHORT_MONTHS[lang], "quarter_short", lang)


def season_names(period: str, lang: Lang) -> tuple[str, ...]:
    """What columns of months or quarters are called: "jan", "kv 1"; none for years."""
    length = _length(period)
    if length == "month":
        return tuple(_SHORT_MONTHS[lang])
    count = PERIODS_A_YEAR[length] if length == "quarter" else 0
    return tuple(term("quarter_column", lang, number=number + 1) for number in range(count))


def in_period(period: str, lang: Lang) -> str:
    """When something was, inside a sentence: "år 2026", "i september 2026", "kvartal 3 2026"."""
    return term(f"in_{_length(period)}", lang, period=period_name(period, lang))


def at_period(period: str, lang: Lang) -> str:
    """When something was, behind a place: "2026", "i september 2026", "kvartal 3 2026"."""
    return term(f"at_{_length(period)}", lang, period=period_name(period, lang))


def periods(first: str, last: str, lang: Lang) -> str:
    """A span in words, "1997–2024", "maj–september 2026"; one alone when both are the same."""
    if first == last:
        return period_name(first, lang)
    start, end = period_name(first, lang), period_name(last, lang)
    year = f" {first[:4]}"
    if _length(first) == _length(last) == "month" and end.endswith(year):
        start = start.removesuffix(year)
    return f"{start}–{end}"


def term_by_length(key: str, period: str, lang: Lang, /, **blanks: object) -> str:
    """A term of years, or its twin (`key_month`, `key_quarter`) where a period is no year."""
    length = _length(period)
    return term(key if length == "year" else f"{key}_{length}", lang, **blanks)


def _length(period: str) -> Frequency:
    """The frequency of a period; of what is none that of a year, which is said as it is written."""
    return frequency(period) if is_period(period) else "year"


def _named(period: str, months: Sequence[str], quarter: str, lang: Lang) -> str:
    length = _length(period)
    if length == "year":
        return period
    number, year = number_in_year(period), year_of(period)
    if length == "month":
        return f"{months[number - 1]} {year}"
    return term(quarter, lang, number=number, year=year)


def mark_label(mark: Break, lang: Lang) -> str:
    """
    A break or caution in a few words: why and when, "ny källa 2022".

    The catalogue has the words of most; of the others what it applies to tells what is new.
    """
    return term(
        "mark_label", lang, why=mark_reason(mark, lang), period=period_short(mark.period, lang)
    )


def mark_labels(marks: Iterable[Break], lang: Lang) -> list[str]:
    """Several breaks or cautions in a few words each, the same words once."""
    return list(dict.fromkeys(mark_label(mark, lang) for mark in marks))


def mark_reason(mark: Break, lang: Lang) -> str:
    """Why figures are apart, in two or three words: "ny källa"."""
    if mark.label:
        return mark.label[lang]
    dimensions = {target.partition(":")[0] for target in mark.applies_to}
    if mark.new_source:
        return term("mark_source", lang)
    if len(dimensions) == 1:
        return term(f"mark_{dimensions.pop()}", lang)
    return term(f"mark_{mark.severity}", lang)


def mark_why(mark: Break, lang: Lang) -> str:
    """
    Why figures are apart, under a heading that says so, beside the year.

    Of a caution whose first sentence is the heading's words, what follows it; else the whole text.
    """
    first, _, why = mark.text[lang].partition(". ")
    before = str(int(mark.period[:4]) - 1)
    opening = term("mark_opening_caution", lang, before=before, period=mark.period)
    return why if why and f"{first}." == opening else mark.text[lang]


def first_sentence(text: str) -> str:
    """The first sentence of a text, with its full stop."""
    return text.split(". ", maxsplit=1)[0].rstrip(".") + "."


def first_sentences(text: str, most: int) -> tuple[str, str]:
    """The first sentences of a text, at most so many, and the others; "" where there are none."""
    ends = [end.start() for end in _BETWEEN_SENTENCES.finditer(text)]
    if len(ends) < most:
        return text, ""
    return text[: ends[most - 1]], text[ends[most - 1] + 1 :]


def file_name(parts: Iterable[str], suffix: str) -> str:
    """Words as one name with an ending; empty ones are left out."""
    return "_".join(filter(None, map(_safe, parts))) + f".{suffix}"


def _safe(text: str) -> str:
    """ASCII of a text: å and ä as a, ö as o, and a hyphen for anything else."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9_-]+", "-", plain)[:_LONGEST_NAME].strip("-").replace("--", "-")
