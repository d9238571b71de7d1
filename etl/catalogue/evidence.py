"""
The page that says of every declaration how well it is documented, where and when it was seen.

Pure: the catalogue in, Markdown out.
"""

from collections.abc import Iterator

from etl.catalogue.models import Catalogue, Contents, Evidence, Segment, Table, TableEvidence

_ASPECTS = tuple(TableEvidence.model_fields)
_HEAD = """\
# Where the catalogue has its tables from

This page is made of `indicators.yaml`. To write it anew:
`python -m etl validate --evidence > docs/evidence.md`.

- *Verified*: seen in SCB's own answers or in published code that reads them; the number says
  where and when.
- *Inferred*: concluded, from what the number says.
- *Unknown*: nobody has seen it. A table whose id is unknown is found by its words, variables,
  regions, years and texts when the data are fetched; what cannot be found is missing with the
  reason, never guessed. A unit that is unknown is told where it differs, and refuses nothing.
"""


def evidence_page(catalogue: Catalogue) -> str:
    """Return a table of every declaration with its evidence, one of indicators, and the places."""
    places: dict[str, int] = {}
    tables = [_row(table, places) for table in catalogue.tables]
    own = [
        f"| {contents.text} ({', '.join(indicators)}) | {_told(evidence, places)} |"
        for contents, evidence, indicators in _own(catalogue)
    ]
    lines = [
        _HEAD,
        "## Tables",
        "",
        f"| table | id at SCB | {' | '.join(_ASPECTS)} |",
        f"|---|---|{'---|' * len(_ASPECTS)}",
        *tables,
        "",
        "## Contents that differ from their table",
        "",
        "| content | evidence |",
        "|---|---|",
        *own,
        "",
        "## Indicators",
        "",
        "| indicator | tables |",
        "|---|---|",
        *(
            f"| {indicator.id} | {', '.join(_tables(indicator.segments))} |"
            for indicator in catalogue.indicators
        ),
        "",
        "## Where and when",
        "",
        *(f"{number}. {place}" for place, number in places.items()),
    ]
    return "\n".join(lines) + "\n"


def _row(table: Table, places: dict[str, int]) -> str:
    aspects = (_told(getattr(table.evidence, name), places) for name in _ASPECTS)
    return f"| {table.key} | {table.id or '–'} | {' | '.join(aspects)} |"


def _told(evidence: Evidence, places: dict[str, int]) -> str:
    """Return the state, with the number of the place where it was seen."""
    if evidence.where is None:
        return evidence.state
    place = ", ".join(filter(None, (evidence.where, evidence.seen)))
    return f"{evidence.state} ({places.setdefault(place, len(places) + 1)})"


def _own(catalogue: Catalogue) -> Iterator[tuple[Contents, Evidence, list[str]]]:
    """Yield the contents that have evidence of their own, with the indicators that take them."""
    takers: dict[str, tuple[Contents, Evidence, list[str]]] = {}
    for indicator in catalogue.indicators:
        for segment in indicator.segments:
            for source in segment.sources:
                parts = (source, source.numerator, source.denominator)
                listed = [part.contents for part in parts if part]
                for contents in (*listed, *source.added, *source.by_background.values()):
                    if contents and contents.evidence:
                        entry = takers.setdefault(contents.text, (contents, contents.evidence, []))
                        entry[2].extend({indicator.id} - set(entry[2]))
    yield from takers.values()


def _tables(segments: tuple[Segment, ...]) -> list[str]:
    return list(dict.fromkeys(source.table for segment in segments for source in segment.sources))
