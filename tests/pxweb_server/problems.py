"""The refusals of PxWebApi 2 in its own words. Knows titles and statuses, never why they are met.

The status of the answer and the status in its body may differ: an unknown table is 404 in the
body everywhere, but 400 on the wire when data were asked for.
"""


class RefusalError(Exception):
    """A request the API refuses: HTTP `status`, and the `body` of its problem document."""

    def __init__(self, title: str, status: int = 400, *, body_status: int | None = None) -> None:
        super().__init__(title)
        self.status = status
        self.body: dict[str, object] = {"type": "Parameter error", "title": title}
        if title in _REPEATED_AS_DETAIL:
            self.body["detail"] = title
        self.body["status"] = status if body_status is None else body_status


TOO_MANY_CELLS = "Too many cells selected"
NO_SUCH_PAGE = "Non-existent page"
UNSUPPORTED_FORMAT = "Unsupported output format"

_REPEATED_AS_DETAIL = {TOO_MANY_CELLS, NO_SUCH_PAGE, UNSUPPORTED_FORMAT}


def missing_selection() -> RefusalError:
    """A variable that cannot be eliminated has no value (the API's own spelling)."""
    return RefusalError("Missing selection for mandantory variable")


def no_such_value() -> RefusalError:
    """A code, or a bound of an expression, that the variable does not have."""
    return RefusalError("Non-existent value")


def no_such_variable() -> RefusalError:
    """A variable code that the table does not have."""
    return RefusalError("Non-existent variable")


def no_such_codelist(status: int = 400) -> RefusalError:
    """A codelist that does not exist or does not belong to the variable."""
    return RefusalError("Non-existent codelist", status)


def illegal_expression() -> RefusalError:
    """Something that begins as a selection expression and is none."""
    return RefusalError("Illegal selection expression")


def too_many_cells() -> RefusalError:
    """More cells than one answer may hold (the OpenAPI text says 403, the server sends 400)."""
    return RefusalError(TOO_MANY_CELLS)


def unsupported_language() -> RefusalError:
    """A language the API does not have."""
    return RefusalError("Unsupported language")


def unsupported_format() -> RefusalError:
    """An output format, or parameters for one, that this server does not write."""
    return RefusalError(UNSUPPORTED_FORMAT)


def no_such_table(*, for_data: bool = False) -> RefusalError:
    """An unknown table: 404, but 400 on the wire for data."""
    return RefusalError("Non-existent table", 400 if for_data else 404, body_status=404)


def no_such_page() -> RefusalError:
    """A page after the last one."""
    return RefusalError(NO_SUCH_PAGE, 404)


def bad_request(title: str) -> RefusalError:
    """A request that is not understood at all: broken JSON, a number that is none."""
    return RefusalError(title)
