"""Charts as plain plotly dictionaries, and small pictures as SVG. Pure."""
