"""
Taking a chart along as a picture: the control under it, with all that the picture must say.

Pure. The picture itself is made in the browser by assets/picture.js, from the chart above the
control and the words that are handed over here; nothing is sent anywhere.
"""

from collections.abc import Sequence
from typing import Any

import orjson
from dash import html

from dashboard.components import aria
from dashboard.exports.naming import joined
from dashboard.text import term
from etl.catalogue import Lang

FORMS = ("png", "svg")
Key = tuple[str, str]  # a colour and what it stands for


def takeaway(
    heading: str,
    subline: str,
    sources: Sequence[str],
    *,
    name: Sequence[str],
    lang: Lang,
    key: Sequence[Key] = (),
) -> html.Div:
    """
    Two buttons that save the chart above them as PNG or SVG.

    Args:
        heading: the picture's title.
        subline: unit, groups and how to read it.
        sources: the lines at its foot: source, date, version, that it is invented.
        name: the parts of the file's name.
        lang: the language of the words.
        key: colours to explain, where the chart does not do it itself.

    """
    shared: dict[str, Any] = {
        "data-heading": heading,
        "data-subline": subline,
        "data-sources": "\n".join(sources),
        "data-key": orjson.dumps(key).decode(),
        "data-failed": term("picture_failed", lang),
    }
    buttons = [_button(form, heading, joined(name, form), lang) for form in FORMS]
    said = html.Span("", role="status", className="made")
    words = [html.Span(term("picture_save", lang)), *buttons, said]
    return html.Div(words, className="takeaway", **shared)


def _button(form: str, heading: str, file: str, lang: Lang) -> html.Button:
    words = aria(label=term("picture_as", lang, form=form.upper(), what=heading))
    given: dict[str, Any] = {"data-form": form, "data-name": file, **words}
    return html.Button(form.upper(), type="button", className="picture", **given)
