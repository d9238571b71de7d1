"""
The source's own footnotes: which concern what is shown, and the links in their texts.

Pure. A footnote on a table, a variable or a content concerns every figure from that table; one on
a region, group or period only what shows that. Its words are the source's, in one language.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

# "[words](address)", or an address by itself; only of the web.
_LINK = re.compile(
    r"\[([^\[\]]+)\]\((https?://[^\s()<>\"']+)\)"
    r"|(https?://[^\s()<>\[\]\"']*[^\s()<>\[\]\"'.,;:!?])"
)


@dataclass(frozen=True)
class Footnote:
    """
    What the source says of figures: `text` with a paragraph a line, and links.

    `concerned`: the variables and codes of ours that it is on; empty for all figures of the
    indicator. `mandatory`: the source wants it shown wherever the figures are.
    """

    indicator: str
    tables: tuple[str, ...]
    text: str
    mandatory: bool = False
    concerned: tuple[tuple[str, str], ...] = ()


def footnotes(
    rows: Iterable[Mapping[Any, Any]],
    shown: Mapping[str, Callable[[str], bool]] = MappingProxyType({}),
) -> tuple[Footnote, ...]:
    """
    The footnotes on what is shown, each once, the mandatory ones first.

    Args:
        rows: indicator, table_id, text, mandatory, variable, code ("" for all figures).
        shown: of each variable, whether a code is among what is shown; of others all are.

    """
    return merged_footnotes(
        Footnote(
            row["indicator"],
            (row["table_id"],),
            row["text"],
            bool(row["mandatory"]),
            ((row["variable"], row["code"]),) if row["code"] else (),
        )
        for row in rows
        if not row["code"] or row["variable"] not in shown or shown[row["variable"]](row["code"])
    )


def merged_footnotes(notes: Iterable[Footnote]) -> tuple[Footnote, ...]:
    """The same text of an indicator once: of all its tables, on all its codes, or on none."""
    merged: dict[tuple[str, str], Footnote] = {}
    for note in notes:
        other = merged.setdefault((note.indicator, note.text), note)
        general = not (note.concerned and other.concerned)
        merged[note.indicator, note.text] = replace(
            other,
            tables=tuple(sorted({*other.tables, *note.tables})),
            mandatory=other.mandatory or note.mandatory,
            concerned=() if general else tuple(dict.fromkeys(other.concerned + note.concerned)),
        )
    return tuple(sorted(merged.values(), key=lambda note: not note.mandatory))


def link_pieces(text: str) -> list[tuple[str, str]]:
    """A text in pieces: words and the address they lead to, "" for most."""
    pieces, end = [], 0
    for found in _LINK.finditer(text):
        words, address, bare = found.groups()
        pieces += [(text[end : found.start()], ""), (words or bare, address or bare)]
        end = found.end()
    return [piece for piece in (*pieces, (text[end:], "")) if piece[0]]


def plain_text(text: str) -> str:
    """A text on one line, for where nothing can be a link: the address in brackets."""
    return " ".join(
        "".join(
            f"{words} ({address})" if address not in {"", words} else words
            for words, address in link_pieces(paragraph)
        )
        for paragraph in text.split("\n")
    )
