"""
What every file says about its rows: by its name, in words for readers, as values for programs.

Pure. Knows what a reader of a file needs: definition, source, licence, link, times, version,
breaks, symbols, and whether the figures are invented.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import pyarrow as pa

from dashboard.codes import DIMENSIONS
from dashboard.exports.extract import (
    BETWEEN,
    EXAMPLE,
    PARTIAL,
    Meta,
    Naming,
    address_told,
    joined_codes,
    worded,
)
from dashboard.rules.comparison import concerning_regions
from dashboard.sentences import notes
from dashboard.sentences.footnotes import Footnote, plain_text
from dashboard.sentences.wording import counts_told
from dashboard.text import enumerated, format, term
from dashboard.text.format import file_name
from etl.catalogue import Break, Indicator, Lang


def attribution(meta: Meta) -> list[str]:
    """How to cite: a line for published and one for computed figures, as far as there are any."""
    lines = []
    for kind in ("published", "computed"):
        tables = [source.id for source in meta.sources if source.kind == kind]
        if tables:
            line = term(f"source_{kind}", meta.lang, tables=enumerated(tables, meta.lang))
            invented = f"{term('example', meta.lang)} · " if meta.example else ""
            lines.append(invented + line)
    return lines


def about_lines(meta: Meta) -> list[tuple[str, str]]:
    """The description of the whole extract, as headings and texts; then of each indicator."""
    lang = meta.lang
    built = format.day(meta.built, lang) if meta.built is None else utc_text(meta.built)
    whole = [
        (term("example", lang), term("example_why", lang)) if meta.example else None,
        *((term("export_source", lang), line) for line in attribution(meta)),
        *((term("export_tables", lang), line) for line in _tables(meta)),
        (term("export_licence", lang), meta.licence),
        (term("export_permalink", lang), meta.permalink),
        *((term("export_remark", lang), text) for text in address_told(meta.permalink, lang)),
        (term("export_version", lang), meta.version),
        (term("export_built", lang), str(built)),
        (term("export_periods", lang), format.periods(meta.first, meta.last, lang)),
        (term("export_rows", lang), format.number(meta.rows, 0, lang)),
        (term("symbols", lang), _symbols(meta)),
        *((term("export_remark", lang), text) for text in meta.remarks),
        *((term("export_union", lang), text) for text in meta.notes),
        *((term("about_areas", lang), text) for text in meta.areas),
    ]
    return [
        *filter(None, whole),
        *(line for indicator in meta.indicators for line in _of(indicator, meta)),
    ]


def plain_description(meta: Meta) -> dict[str, Any]:
    """The same for programs: English keys, codes, times as ISO 8601 in UTC."""
    return {
        "title": meta.title[meta.lang],
        "language": meta.lang,
        "version": meta.version,
        "built": utc_text(meta.built),
        "example": meta.example,
        "licence": meta.licence,
        "permalink": meta.permalink,
        "permalink_note": " ".join(address_told(meta.permalink, meta.lang)),
        "first_period": meta.first,
        "last_period": meta.last,
        "rows": meta.rows,
        "attribution": attribution(meta),
        "sources": source_entries(meta),
        "notes": [*meta.remarks, *meta.notes, *meta.areas],
        "footnotes": footnote_entries(meta.footnotes),
        "indicators": [_plain(indicator, meta) for indicator in meta.indicators],
    }


def source_entries(meta: Meta) -> list[dict[str, str | None]]:
    """The tables, under the names that the rows give them."""
    prefix = EXAMPLE if meta.example else ""
    return [
        {
            "table": prefix + source.id,
            "title": source.title,
            "updated": utc_text(source.updated),
            "fetched": utc_text(source.fetched),
            "kind": source.kind,
        }
        for source in meta.sources
    ]


def utc_text(moment: datetime | None) -> str | None:
    """A time in UTC as 2026-02-13T07:00:00Z; None when it is not known."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment else None


def footnote_entries(footnotes: Iterable[Footnote]) -> list[dict[str, Any]]:
    """Footnotes of the source as values; `applies_to` as that of breaks."""
    return [
        {
            "indicator": note.indicator,
            "table": ", ".join(note.tables),
            "mandatory": note.mandatory,
            "applies_to": _applying_codes(note),
            "text": plain_text(note.text),
        }
        for note in footnotes
    ]


def _applying_codes(note: Footnote) -> list[str]:
    """Whom a footnote concerns, such as "region:0330"; empty for all figures."""
    return [f"{variable}:{code}" for variable, code in note.concerned]


def concerned(applies_to: Iterable[str], meta: Meta) -> list[str]:
    """Whom a break, caution or footnote concerns, by name; empty for everybody."""
    names = []
    for applying in applies_to:
        dimension, _, code = applying.partition(":")
        category = meta.categories.get((dimension, code))
        names.append(category.label[meta.lang] if category else meta.regions.get(code, code))
    return names


def marks_told(indicator: Indicator, meta: Meta) -> tuple[Break, ...]:
    """The breaks and cautions of an indicator, but those of regions without rows."""
    regions = {code: meta.unions.get(code, ()) for code in meta.regions}
    return concerning_regions(indicator.breaks, regions)


def _of(indicator: Indicator, meta: Meta) -> Iterator[tuple[str, str]]:
    """What is said of one indicator, its title first."""
    lang = meta.lang
    yield indicator.title[lang], indicator.definition[lang]
    yield term("population", lang), indicator.population[lang]
    yield term("not_captured", lang), indicator.not_captured[lang]
    yield from (("", note[lang]) for note in notes.standing_notes(indicator))
    yield term("export_unit", lang), indicator.unit[lang]
    yield from ((term("counts_behind", lang), line) for line in counts_told(indicator, lang))
    for segment in indicator.segments:
        years = _years(segment.years.first, segment.years.last)
        yield term("export_segment", lang), f"{segment.title[lang]}, {years}"
    for mark in marks_told(indicator, meta):
        heading = term(
            f"export_{mark.severity}", lang, period=format.period_name(mark.period, lang)
        )
        yield heading, mark.text[lang] + _whom(mark.applies_to, meta)
    for note in meta.footnotes:
        if note.indicator == indicator.id:
            key = "export_footnote_mandatory" if note.mandatory else "export_footnote"
            heading = term(key, lang, tables=", ".join(note.tables))
            yield heading, plain_text(note.text) + _whom(_applying_codes(note), meta)


def _whom(applies_to: Iterable[str], meta: Meta) -> str:
    """Whom it concerns in words, after a blank; nothing for everybody."""
    codes = enumerated(concerned(applies_to, meta), meta.lang)
    return f" {term('export_concerns', meta.lang, codes=codes)}" if codes else ""


def _years(first: int, last: int | None) -> str:
    return f"{first}–{last or ''}"


def _tables(meta: Meta) -> list[str]:
    lang = meta.lang
    lines = [
        term(
            "export_table",
            lang,
            id=source.id,
            title=source.title,
            updated=format.day(source.updated, lang),
            fetched=format.day(source.fetched, lang),
        )
        for source in meta.sources
    ]
    return list(dict.fromkeys(lines))


def _symbols(meta: Meta) -> str:
    """Why a cell is empty, each symbol with its meaning."""
    meanings = [f"{sign} = {term(key, meta.lang).lower()}" for sign, key in format.SYMBOLS]
    partial = f" {term('export_partial', meta.lang)}" if meta.notes else ""
    return f"{term('export_missing', meta.lang)} {'; '.join(meanings)}.{partial}"


def _plain(indicator: Indicator, meta: Meta) -> dict[str, Any]:
    lang = meta.lang
    return {
        "id": indicator.id,
        "title": indicator.title[lang],
        "definition": indicator.definition[lang],
        "population": indicator.population[lang],
        "not_captured": indicator.not_captured[lang],
        "unit": indicator.unit[lang],
        "decimals": indicator.decimals,
        "counted": indicator.counted.many[lang] if indicator.counted else None,
        "segments": [
            {
                "id": segment.id,
                "title": segment.title[lang],
                "ages": segment.ages,
                "first_year": segment.years.first,
                "last_year": segment.years.last,
            }
            for segment in indicator.segments
        ],
        "breaks": [
            {
                "period": mark.period,
                "severity": mark.severity,
                "applies_to": list(mark.applies_to),
                "text": mark.text[lang],
            }
            for mark in marks_told(indicator, meta)
        ],
    }


def filename(meta: Meta, suffix: str) -> str:
    """Such as "employment_rate_0180-stockholm_1997-2024_20261121T081500Z-1a2b3c4d.csv"."""
    parts = [
        term("file_example", meta.lang) if meta.example else "",
        _indicator(meta),
        _region(meta),
        _period(meta),
        meta.chosen,
        meta.version,
    ]
    return file_name(parts, suffix)


def _indicator(meta: Meta) -> str:
    if len(meta.indicators) == 1:
        return meta.indicators[0].id
    return term("file_indicators", meta.lang, count=len(meta.indicators))


def _region(meta: Meta) -> str:
    """Code and name of one region, else how many there are."""
    if not meta.regions:
        return term("file_empty", meta.lang)
    if len(meta.regions) > 1:
        return term("file_regions", meta.lang, count=len(meta.regions))
    ((code, name),) = meta.regions.items()
    return f"{code}-{name}"


def _period(meta: Meta) -> str:
    return meta.first if meta.first == meta.last else f"{meta.first}-{meta.last}"


def worded_columns(batch: pa.RecordBatch, meta: Meta) -> dict[str, pa.Array]:
    """The columns of a batch by name, codes as words in the reader's language."""
    words = _column_words(meta)
    columns = {name: batch[name] for name in batch.schema.names}
    columns |= {name: worded(batch[name], words[name]) for name in words}
    segments = joined_codes(batch["indicator"], batch["segment"])
    return columns | {"segment": worded(segments, _segment_titles(meta))}


def _column_words(meta: Meta) -> Mapping[str, Naming]:
    """What turns the codes of each labelled column into words."""
    titles = {indicator.id: indicator.title[meta.lang] for indicator in meta.indicators}
    categories = {key: category.label[meta.lang] for key, category in meta.categories.items()}
    kinds = {kind: term(kind, meta.lang) for kind in ("published", "computed")}

    def category(dimension: str) -> Naming:
        return lambda code: categories.get((dimension, code), code)

    return {
        "indicator": lambda code: titles.get(code, code),
        "kind": lambda code: kinds.get(code, code),
        "status": lambda sign: _status_text(sign, meta.lang),
        **{dimension: category(dimension) for dimension in DIMENSIONS},
    }


def _status_text(sign: str, lang: Lang) -> str:
    """A symbol of the source is the same in every language; how partial a union is, is not."""
    partial = re.fullmatch(PARTIAL.format(present=r"(\d+)", members=r"(\d+)"), sign)
    return term("export_of", lang, present=partial[1], members=partial[2]) if partial else sign


def _segment_titles(meta: Meta) -> Naming:
    """What turns indicator and segment (see `joined_codes`) into the segment's title."""
    titles = {
        f"{indicator.id}{BETWEEN}{segment.id}": segment.title[meta.lang]
        for indicator in meta.indicators
        for segment in indicator.segments
    }
    return lambda pair: titles.get(pair, pair.partition(BETWEEN)[2])
