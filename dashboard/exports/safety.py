"""
Text that no spreadsheet takes for a formula.

Pure. Knows what Excel, LibreOffice and their kin begin to calculate at. It changes no text that
nobody could misread, and is never asked about numbers.
"""

# The full-width signs are calculated with, too, where East Asian input is set up.
SIGNS = frozenset("=+-@＝＋－＠")
CONTROLS = frozenset("\t\r\n")
# A sign that stands alone calculates nothing, and "-" is SCB's symbol for zero.
HARMLESS = frozenset({"-", ".", ".."})


def neutral(text: str) -> str:
    """
    The text with an apostrophe before it where a spreadsheet would calculate it.

    Leading blanks and control characters do not hide a sign: some programs strip them.
    """
    if text in HARMLESS:
        return text
    bare = text.lstrip()
    risky = text[:1] in CONTROLS or bare[:1] in SIGNS
    return f"'{text}" if risky else text
