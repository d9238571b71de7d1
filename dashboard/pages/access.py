"""
The accessibility statement that the Swedish act on digital public services asks for.

Knows its parts and the day on which it was written. Whom to turn to is a setting.
"""

from datetime import datetime
from typing import Any

from dash import dcc, html

from dashboard import format
from dashboard.components import Page, notices
from dashboard.text import term
from dashboard.url import kept, link
from dashboard.view import sentences
from dashboard.visit import Visit
from etl.catalogue import Lang

WRITTEN = "2026-11-21"
OVERSIGHT = "https://www.digg.se/tdosanmalan"
LIMITS = "abcde"
SOFT_HYPHEN = "\u00ad"


def page(visit: Visit) -> Page:
    """The statement."""
    lang = visit.lang
    day = format.day(datetime.fromisoformat(WRITTEN), lang)
    limits = html.Ul([html.Li(term(f"access_limits_{letter}", lang)) for letter in LIMITS])
    back = dcc.Link(term("about_title", lang), href=link("/om", kept(visit.state)))
    article = [
        _section("status", [], lang),
        html.Section([html.H2(term("access_limits", lang)), limits]),
        html.Section(
            [
                html.H2(term("access_tested", lang)),
                html.P(term("access_tested_1", lang, date=day)),
            ]
        ),
        _section("report", _contact(visit), lang),
        _section("oversight", [html.P(html.A(term("access_to_digg", lang), href=OVERSIGHT))], lang),
        html.P(back, className="ways"),
    ]
    top = [html.H1(term("access_title", lang)), html.P(term("access_lede", lang), className="lede")]
    content = [
        html.Div(top, className="place"),
        *notices(sentences(visit.state.notices, lang), lang),
        html.Div(article, className="article"),
    ]
    return Page(term("access_title", lang).replace(SOFT_HYPHEN, ""), content)


def _section(name: str, more: list[Any], lang: Lang) -> html.Section:
    told = html.P(term(f"access_{name}_1", lang))
    return html.Section([html.H2(term(f"access_{name}", lang)), told, *more])


def _contact(visit: Visit) -> list[Any]:
    """Whom to turn to: name, e-mail and telephone, or that nobody has been named."""
    contact = visit.context.settings.contact
    if contact is None:
        return [html.P(term("access_no_contact", visit.lang), className="contact")]
    said: list[Any] = [f"{contact.name}, ", html.A(contact.email, href=f"mailto:{contact.email}")]
    if contact.phone:
        said.append(f", {term('access_phone', visit.lang, phone=contact.phone)}")
    return [html.P(said, className="contact")]
