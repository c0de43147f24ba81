"""Small drawings and pages as values: SVG and HTML that escape what others wrote.

Colours are told apart by people with any colour vision (Okabe and Ito,
https://jfly.uni-koeln.de/color/), and never say anything that a letter or a label does not.
"""

from collections.abc import Iterable, Mapping
from xml.etree import ElementTree

from analyzer.reporting.escape import visible
from analyzer.rulebook.model import Option

COLOURS: Mapping[Option, str] = {
    "enhanced-podman": "#0072b2",
    "test-cluster": "#e69f00",
    "incremental": "#009e73",
}
NOTHING_COLOUR = "#8a8a8a"
STYLE = """
:root { color-scheme: light dark; --ink: #1c1c1c; --paper: #fff; --line: #c8c8c8; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e8e8; --paper: #16181c; --line: #4a4d55; } }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
  max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
svg { max-width: 100%; height: auto; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: 0.9rem; }
th, td { border-bottom: 1px solid var(--line); padding: 0.25rem 0.6rem; text-align: left; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
"""
_SVG_STYLE = (
    "svg{--ink:#1c1c1c;--paper:#fff;--line:#c8c8c8;font:13px system-ui,sans-serif}"
    "@media (prefers-color-scheme:dark){svg{--ink:#e8e8e8;--paper:#16181c;--line:#4a4d55}}"
)
Element = ElementTree.Element


def element(tag: str, text: str = "", /, **attributes: object) -> Element:
    """Return an element; ``_`` in a name of an attribute is ``-``."""
    made = Element(
        tag,
        {
            name.strip("_").replace("_", "-"): visible(str(value))
            for name, value in attributes.items()
        },
    )
    made.text = visible(text) or None
    return made


def svg(width: int, height: int, title: str, parts: Iterable[Element]) -> Element:
    """Return a drawing that stands alone, with its title for those who cannot see it."""
    drawing = element(
        "svg",
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
        role="img",
    )
    drawing.append(element("title", title))
    drawing.append(element("style", _SVG_STYLE))
    drawing.append(element("rect", width=width, height=height, style="fill:var(--paper)"))
    drawing.extend(parts)
    return drawing


def label(x: float, y: float, text: str, /, **attributes: object) -> Element:
    """Return a text; its colour is the ink's unless one is given."""
    return element(
        "text", text, x=x, y=y, **({"style": "fill:var(--ink)", "font_size": 13} | attributes)
    )


def table(
    titles: Iterable[str], rows: Iterable[Iterable[str]], numbers: frozenset[int]
) -> Element:
    """Return a table; the columns in ``numbers`` are aligned on the right."""
    made = element("table")
    head = ElementTree.SubElement(ElementTree.SubElement(made, "thead"), "tr")
    head.extend(element("th", title, scope="col") for title in titles)
    body = ElementTree.SubElement(made, "tbody")
    for row in rows:
        line = ElementTree.SubElement(body, "tr")
        line.extend(
            element("td", text, **({"class": "number"} if at in numbers else {}))
            for at, text in enumerate(row)
        )
    wrapped = element("div", **{"class": "scroll"})
    wrapped.append(made)
    return wrapped


def page(title: str, parts: Iterable[Element]) -> str:
    """Return a page that needs nothing else: no script, no other file."""
    html = element("html", lang="en")
    head = ElementTree.SubElement(html, "head")
    head.append(element("meta", charset="utf-8"))
    head.append(element("meta", name="viewport", content="width=device-width, initial-scale=1"))
    head.append(element("title", title))
    head.append(element("style", STYLE))
    body = ElementTree.SubElement(html, "body")
    body.append(element("h1", title))
    body.extend(parts)
    ElementTree.indent(html)
    return "<!DOCTYPE html>\n" + ElementTree.tostring(html, "unicode", method="html") + "\n"


def document(drawing: Element) -> str:
    """Return a drawing as a file."""
    ElementTree.indent(drawing)
    return ElementTree.tostring(drawing, "unicode") + "\n"
