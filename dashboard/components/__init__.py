"""Pieces of HTML that several pages share: frame, tables, controls, search, saving."""
