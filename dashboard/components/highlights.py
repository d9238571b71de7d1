"""
What stands out in a region, as the overview and briefings show it: sentence, picture, and why.

Knows no rule; the content comes from `panels.highlights`, the words from `sentences.highlights`.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from dashboard.charts import spark
from dashboard.codes import SEXES
from dashboard.components.elements import Element, element, linked
from dashboard.panels.gaps import source_of
from dashboard.panels.highlights import HighlightText, highlight_texts, standout
from dashboard.rules.highlights import HighlightKind
from dashboard.rules.thresholds import line_span
from dashboard.state.url import carried, link, printed
from dashboard.state.visit import Visit
from dashboard.text import term
from etl.catalogue.periods import ordinal

HIGHLIGHTS_FILE = "sticker-ut"
# What the link of a highlight opens on the page of its indicator.
_OPENED: Mapping[HighlightKind, Mapping[str, Any]] = MappingProxyType(
    {"origin": {"view": "grupper"}, "sex": {"sexes": SEXES}}
)


def highlights_section(visit: Visit, region: str) -> Element:
    """At most three things that stand out in a region, or that nothing does, and the file."""
    lang, found = visit.lang, standout(visit, region)
    told = highlight_texts(visit, found)
    items = [_highlight(visit, region, text) for text in told.texts]
    links = [
        element(
            "A",
            term("highlights_method", lang),
            href=link("/om", carried(visit.state)) + "#highlights",
        )
    ]
    if not found.why_none:
        state = carried(visit.state, region=region)
        file = f"/ladda-ner/{HIGHLIGHTS_FILE}.csv{printed(state)}"
        links.insert(0, element("A", term("highlights_file", lang), href=file))
    ways = [part for one in links for part in (one, " ")][:-1]
    title = element("H2", told.title)
    if not items:
        said = element("P", [told.nothing, " ", element("Span", ways, className="ways")])
        return element("Section", [title, said], className="highlights nothing")
    content = [title, element("Ol", items), element("P", ways, className="ways")]
    return element("Section", content, className="highlights")


def _highlight(visit: Visit, region: str, text: HighlightText) -> Element:
    """One thing: whose measure, the sentence, a picture of it, and why it is shown."""
    lang, one = visit.lang, text.candidate
    href = link(
        f"/indikator/{one.indicator.id}",
        carried(visit.state, region=region, **_OPENED.get(one.kind, {})),
    )
    if text.line:
        least = line_span(one.indicator, [number for _, number in text.line])
        line = [(ordinal(period), number) for period, number in text.line]
        picture = spark.spark_line([line], least)
    else:
        picture = spark.level_strip(text.strip, one.value, county=None, country=None)
    parts = (text.reading, *text.why, source_of(visit, text.tables))
    why = [element("P", part) for part in parts]
    return element(
        "Li",
        [
            element("H3", linked(one.indicator.title[lang], href)),
            element("Img", src=picture, alt=""),
            element("P", text.sentence),
            element("Details", [element("Summary", term("highlight_why", lang)), *why]),
        ],
    )
