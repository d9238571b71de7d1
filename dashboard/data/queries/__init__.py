"""
Every SQL question of the panels, one function each: figures, holdings, sources, exports.

Knows `etl/schema.sql`. It shapes nothing for a page and remembers nothing.
"""
