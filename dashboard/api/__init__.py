"""The read-only HTTP API `/api/v1`: declared once, asked, answered and described from there."""

from dashboard.api.service import register

__all__ = ["register"]
