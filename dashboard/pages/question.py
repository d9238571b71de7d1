"""
The answers to a question as a page: for who presses Enter before the box has answered.

Knows the order of the page; what the answers are is in `panels.question`.
"""

from typing import Any

from dash import dcc, html

from dashboard.components.frame import QUESTION_PATH, Page
from dashboard.pages.missing import heading_page
from dashboard.panels.question import asked_answers
from dashboard.state.question import QuestionAnswer
from dashboard.state.url import carried, link
from dashboard.state.visit import Visit
from dashboard.text import term

_EXAMPLES = ("question_example_1", "question_example_2", "question_example_3")


def page(visit: Visit) -> Page:
    """Every answer as a link, with what is there and how it differs from what was asked for."""
    lang, text = visit.lang, visit.state.search
    if not text:
        return heading_page(term("question_label", lang), _examples(visit))
    found = asked_answers(visit)
    told = [html.P(sentence, className="lede") for sentence in found.told]
    if len(found.listed) == 1 and not told:  # the search that always is offered
        told = [html.P(term("question_none", lang, text=text), className="lede")]
    listed = html.Ol([_item(answer) for answer in found.listed], className="answers")
    return heading_page(term("question_title", lang, text=text), [*told, listed])


def _item(answer: QuestionAnswer) -> html.Li:
    parts: list[Any] = [dcc.Link(answer.label, href=answer.address)]
    facts = " · ".join(filter(None, (answer.kind, answer.detail)))
    parts.append(html.P(facts, className="sub"))
    return html.Li([*parts, *(html.P(sentence, className="told") for sentence in answer.told)])


def _examples(visit: Visit) -> list[Any]:
    """What may be asked, as links to its answers."""
    lang, state = visit.lang, carried(visit.state)
    items = []
    for key in _EXAMPLES:
        text = term(key, lang)
        address = link(QUESTION_PATH, state, search=text)
        items.append(html.Li(dcc.Link(text, href=address)))
    lede = html.P(f"{term('question_open', lang)}:", className="lede")
    return [lede, html.Ul(items, className="answers")]
