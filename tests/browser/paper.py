"""Printed sheets as a reader of PDF finds them: lines of text, and what stands on which sheet."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
from playwright.sync_api import Page

MILLIMETRE = 72 / 25.4
FOOT = 14 * MILLIMETRE  # the margin below, as in print.css
ROOM = 269 * MILLIMETRE  # from margin to margin
UPRIGHT = (1, 0, 0, 1)
Colour = tuple[int, int, int]


def printed(page: Page, file: Path) -> pikepdf.Pdf:
    """A page as its reader prints it from the window it stands in."""
    page.pdf(path=file, prefer_css_page_size=True, tagged=True, outline=True)
    return pikepdf.open(file)


def lines(sheet: pikepdf.Page) -> list[float]:
    """How high each piece of text stands, in points from the sheet's lower edge."""
    now, kept = pikepdf.Matrix(), []
    line, found = pikepdf.Matrix(), []
    for step in pikepdf.parse_content_stream(sheet):
        operator = str(step.operator)
        moves = operator in {"cm", "Tm", "Td"}
        numbers = [float(one) for one in step.operands] if moves else []
        match operator:
            case "q":
                kept.append(now)
            case "Q":
                now = kept.pop()
            case "cm":
                now = pikepdf.Matrix(*numbers) @ now
            case "Tm":
                line = pikepdf.Matrix(*numbers)
            case "Td":
                line = pikepdf.Matrix(*UPRIGHT, *numbers) @ line
            case "Tj":
                found.append((line @ now).f)
    return found


def empty(sheet: pikepdf.Page) -> float:
    """The share of a sheet below its last line."""
    return (min(lines(sheet)) - FOOT) / ROOM


def headings(pdf: pikepdf.Pdf) -> Iterator[tuple[str, pikepdf.Page, float]]:
    """Each heading with its sheet and how high it stands there."""

    def within(items: Any) -> Iterator[tuple[str, pikepdf.Page, float]]:
        for item in items:
            page, _, _, top, _ = item.destination
            yield item.title, pikepdf.Page(page), float(top)
            yield from within(item.children)

    with pdf.open_outline() as outline:
        yield from within(outline.root)


def sheets_of(node: Any, above: int = 0) -> set[int]:
    """The sheets, by number in the file, on which something of the structure tree stands."""
    if isinstance(node, pikepdf.Array):
        return set().union(*(sheets_of(one, above) for one in node))
    if not isinstance(node, pikepdf.Dictionary):
        return {above} if isinstance(node, int) else set()
    page = node.Pg.objgen[0] if "/Pg" in node else above
    return {page} if "/MCID" in node else sheets_of(node.get("/K"), page)


def elements(node: Any, kind: str) -> Iterator[pikepdf.Dictionary]:
    """The elements of one kind in a structure tree, in the order of reading."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements(child, kind)
    elif isinstance(node, pikepdf.Dictionary):
        if str(node.get("/S")) == kind:
            yield node
        yield from elements(node.get("/K"), kind)


def fills(sheet: pikepdf.Page) -> set[tuple[int, ...]]:
    """The colours that something on a sheet is filled with, in 255ths."""
    return {
        tuple(round(float(one) * 255) for one in step.operands)
        for step in pikepdf.parse_content_stream(sheet)
        if str(step.operator) == "rg"
    }


def contrast(one: Colour, other: Colour) -> float:
    """The contrast of WCAG 2 between two colours."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def grey(colour: Colour) -> Colour:
    """A colour as a printer without colours shows it."""
    red, green, blue = colour
    return (round(0.299 * red + 0.587 * green + 0.114 * blue),) * 3


def _luminance(colour: Colour) -> float:
    parts = [one / 255 for one in colour]
    red, green, blue = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
