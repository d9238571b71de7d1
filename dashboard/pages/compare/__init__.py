"""The page that compares regions over many indicators."""
