"""A concept with its neighbours around it, as a drawing for notebooks (SVG)."""

import math
from collections.abc import Sequence
from html import escape

_WIDE, _HIGH, _MOST = 720, 360, 24


def star(centre: str, around: Sequence[tuple[str, str, float]]) -> str:
    """An SVG of `centre` and the names around it, with their relations and strengths (0 to 1)."""
    shown = around[:_MOST]
    lines, points = [], [_point(0, 0, centre)]
    for n, (name, relation, strength) in enumerate(shown):
        turn = 2 * math.pi * n / len(shown)
        x, y = 0.4 * _WIDE * math.cos(turn), 0.4 * _HIGH * math.sin(turn)
        lines.append(
            f'<line x2="{x:.0f}" y2="{y:.0f}" stroke="gray" stroke-width="{1 + 3 * strength:.1f}">'
            f"<title>{escape(relation)}</title></line>"
        )
        points.append(_point(x, y, name))
    box = f"{-_WIDE / 2:.0f} {-_HIGH / 2:.0f} {_WIDE} {_HIGH}"
    style = 'font-size="12" text-anchor="middle" fill="currentColor"'
    return f'<svg viewBox="{box}" width="{_WIDE}" {style}>{"".join([*lines, *points])}</svg>'


def _point(x: float, y: float, name: str) -> str:
    return (
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="5"/>'
        f'<text x="{x:.0f}" y="{y - 9:.0f}">{escape(name)}</text>'
    )
