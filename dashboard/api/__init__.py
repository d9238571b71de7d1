"""The read-only HTTP API `/api/v1`: declared once, asked, answered and described from there."""
