"""The contact sheet: every picture at the size of print, as HTML."""

import re
from base64 import b64encode
from collections.abc import Mapping
from html import escape

MM_PER_UNIT = 0.063
"""A person of 1000 units is 63 mm tall on paper."""
COLUMN_MM = 93

STYLE = """
@page { size: A4; margin: 9mm }
body { font: 8pt sans-serif; margin: 0 }
figure { break-inside: avoid; display: inline-block; margin: 0 0 3mm; vertical-align: bottom }
img { display: block }
figcaption { font-size: 6pt; margin-top: 1mm; overflow-wrap: anywhere; text-align: center }
"""
WIDTH = re.compile(r'viewBox="\S+ \S+ (\d+) \d+"')


def sheet_of(pictures: Mapping[str, str]) -> str:
    """HTML that shows each SVG under its name; one that is wider than a column is made as wide as it."""
    figures = "".join(_figure(name, svg) for name, svg in pictures.items())
    return f"<!doctype html><title>Pictures</title><style>{STYLE}</style>{figures}"


def _figure(name: str, svg: str) -> str:
    width = WIDTH.search(svg)
    mm = min(int(width[1]) * MM_PER_UNIT, COLUMN_MM) if width else COLUMN_MM
    source = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    caption = f"<figcaption>{escape(name)}</figcaption>"
    return (
        f'<figure style="width:{mm:.1f}mm"><img src="{source}" alt="" style="width:100%">{caption}</figure>'
    )
