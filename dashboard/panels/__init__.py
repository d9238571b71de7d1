"""What a page, sheet, slide or file holds, as values: no HTML and no file format."""
