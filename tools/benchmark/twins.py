"""
The tables of a page as cells with their headings.

A pure module: HTML in, cells out. It knows how HTML lays out a table, and no indicator.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

# A number as the panel writes it in Swedish, perhaps with a symbol of the source behind it.
NUMBER = re.compile(r"([+-]?)(\d[\d ]*(?:,\d+)?)(?: ?[^\d\s]{1,2})?")
SYMBOLS = frozenset({"..", ".", "-", "–"})  # stand in place of a number
VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
UNSEEN = "unseen"  # the class of words for screen readers only
COUNTS = "counts"  # the class of the counts under a share


@dataclass(frozen=True)
class Cell:
    """
    What a cell shows, under the heads of its column and its row, in a table with a name.

    `counts`: what stands under a share, "25 695 av 251 989".
    """

    shown: str
    heads: tuple[str, ...]
    caption: str
    counts: str = ""


@dataclass(frozen=True)
class Twins:
    """A page's heading, and the cells with a number or a symbol of all its tables."""

    heading: str
    cells: tuple[Cell, ...]


@dataclass
class _Box:
    """A cell as it is written: its words, those in small type, and how far it reaches."""

    is_head: bool
    rows: int
    columns: int
    words: str = ""
    small: str = ""
    counts: str = ""


@dataclass
class _Row:
    in_head: bool
    boxes: list[_Box] = field(default_factory=list)


@dataclass
class _Table:
    caption: str = ""
    rows: list[_Row] = field(default_factory=list)


class _Reader(HTMLParser):
    """Collects heading and tables."""

    def __init__(self) -> None:
        super().__init__()
        self.heading = ""
        self.tables: list[_Table] = []
        self._open: list[tuple[str, frozenset[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        given = dict(attrs)
        self._open.append((tag, frozenset((given.get("class") or "").split())))
        if tag == "table":
            self.tables.append(_Table())
        elif tag == "tr" and self.tables:
            self.tables[-1].rows.append(_Row(self._within("thead")))
        elif tag in {"th", "td"} and self.tables and self.tables[-1].rows:
            reach = int(given.get("rowspan") or 1), int(given.get("colspan") or 1)
            self.tables[-1].rows[-1].boxes.append(_Box(tag == "th", *reach))

    def handle_endtag(self, tag: str) -> None:
        if self._within(tag):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        small = self._within("small")
        if self._within("caption"):
            self.tables[-1].caption += "" if small else data
        elif self._within("th") or self._within("td"):
            box = self.tables[-1].rows[-1].boxes[-1]
            classes = {name for _, names in self._open for name in names}
            if COUNTS in classes:
                box.counts += "" if UNSEEN in classes else data
            elif small:
                box.small += data
            elif UNSEEN not in classes:
                box.words += data
        elif self._within("h1"):
            self.heading += data

    def _within(self, tag: str) -> bool:
        return any(name == tag for name, _ in self._open)


def twins(html: str) -> Twins:
    """The heading of a page and the cells of its tables."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    cells = tuple(cell for table in reader.tables for cell in _cells(table))
    return Twins(_plain(reader.heading), cells)


def shown_of(cell: Cell, what: str) -> str:
    """What a cell shows of a share, its `numerator` or its `denominator`; "" where not that."""
    if what == "value":
        return cell.shown
    numerator, _, denominator = cell.counts.partition(" av ")
    return numerator if what == "numerator" else denominator


def number(shown: str) -> float | None:
    """The number that a cell shows; none where a symbol stands in its place."""
    match = NUMBER.fullmatch(shown)
    if match is None:
        return None
    return float(match[1] + match[2].replace(" ", "").replace(",", "."))


def _cells(table: _Table) -> Iterator[Cell]:
    caption = _plain(table.caption)
    heads: dict[int, list[str]] = {}  # by column
    part = ""
    for row, boxes in _laid_out(table):
        if row.in_head:
            for column, box in boxes.items():
                heads.setdefault(column, []).append(_plain(box.words))
            continue
        if len({id(box) for box in boxes.values()}) == 1:
            box = next(iter(boxes.values()))
            part = _plain(box.words) if box.is_head else part
            continue
        before = [part] if part else []
        for column, box in boxes.items():
            shown = _plain(box.words)
            if box.is_head or not (shown in SYMBOLS or NUMBER.fullmatch(shown)):
                before += [shown] if shown else []
                continue
            dated = [box.small.strip()] if re.fullmatch(r"\d{4}\S*", box.small.strip()) else []
            above = [head for head in heads.get(column, []) if head]
            yield Cell(shown, (*before, *above, *dated), caption, _plain(box.counts))


def _laid_out(table: _Table) -> Iterator[tuple[_Row, dict[int, _Box]]]:
    """Each row with its boxes by column, those that reach down from above among them."""
    reaching: dict[int, tuple[_Box, int]] = {}
    for row in table.rows:
        boxes = {column: box for column, (box, _) in reaching.items()}
        reaching = {column: (box, left - 1) for column, (box, left) in reaching.items() if left > 1}
        column = 0
        for box in row.boxes:
            while column in boxes:
                column += 1
            for place in range(column, column + box.columns):
                boxes[place] = box
                if box.rows > 1:
                    reaching[place] = box, box.rows - 1
        yield row, dict(sorted(boxes.items()))


def _plain(text: str) -> str:
    """Words with single spaces, and the minus of a keyboard."""
    return " ".join(text.split()).replace("−", "-")
