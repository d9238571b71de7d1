"""One request as the functions that answer it see it."""

from dataclasses import dataclass

from dashboard.api.fields import Values
from dashboard.context import Context
from dashboard.warehouse import Warehouse


@dataclass(frozen=True)
class Asking:
    """
    A request that was read: `values` of its fields, the open `warehouse` that answers it.

    `address`: where the reader finds the panel, without a final slash.
    """

    context: Context
    warehouse: Warehouse
    values: Values
    address: str
