"""The coverage-precision curve as an SVG: how much can be answered at which precision."""

from __future__ import annotations

from html import escape
from typing import Final

from services.evaluation.report import Report
from services.evaluation.texts import words

WIDTH, HEIGHT = 720, 420
LEFT, RIGHT, TOP, BOTTOM = 64, 24, 52, 56
TICKS: Final = 5
STYLE: Final = (
    "text{font:13px system-ui,sans-serif;fill:#475569}.title{font-size:17px;font-weight:600;fill:#0f172a}"
    ".grid{stroke:#e2e8f0}.line{fill:none;stroke:#2563eb;stroke-width:2.5;stroke-linejoin:round}"
    ".area{fill:#2563eb;opacity:.08}.mark{stroke:#f97316;stroke-dasharray:4 4}.dot{fill:#f97316}"
)


def curve_svg(report: Report, language: str = "en") -> str:
    said = words(language)
    floor = _floor(report)
    body = [
        f'<text class="title" x="{LEFT}" y="30">{escape(said["curve_title"])} (n = {report.n})</text>',
        *_axes(floor),
        _label(f'x="{(WIDTH + LEFT) / 2:.0f}" y="{HEIGHT - 14}"', said["curve_coverage"]),
        _label(f'transform="translate(18 {HEIGHT / 2:.0f}) rotate(-90)"', said["curve_precision"]),
        *_line(report, floor),
        *_mark(report, floor, said["curve_mark"]),
    ]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
    ground = f'<rect width="{WIDTH}" height="{HEIGHT}" rx="10" fill="#ffffff"/>'
    return "\n".join([head, f"<style>{STYLE}</style>", ground, *body, "</svg>\n"])


def _label(place: str, text: str) -> str:
    return f'<text {place} text-anchor="middle">{escape(text)}</text>'


def _floor(report: Report) -> float:
    """Start the precision axis at the tenth below the lowest point, so that the curve fills the frame."""
    lowest = min((precision for _, _, precision in report.curve), default=0.0)
    return min(0.9, int(lowest * 10) / 10)


def _place(coverage: float, precision: float, floor: float) -> tuple[float, float]:
    across = LEFT + coverage * (WIDTH - LEFT - RIGHT)
    return across, TOP + (1 - (precision - floor) / (1 - floor)) * (HEIGHT - TOP - BOTTOM)


def _axes(floor: float) -> list[str]:
    lines = []
    for tick in range(TICKS + 1):
        part = tick / TICKS
        across, up = _place(part, floor + part * (1 - floor), floor)
        lines += [
            f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{up:.1f}" y2="{up:.1f}"/>',
            f'<line class="grid" x1="{across:.1f}" x2="{across:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}"/>',
            f'<text x="{LEFT - 8}" y="{up + 4:.1f}" text-anchor="end">{floor + part * (1 - floor):.0%}</text>',
            f'<text x="{across:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{part:.0%}</text>',
        ]
    return lines


def _line(report: Report, floor: float) -> list[str]:
    if not report.curve:
        return []
    places = [_place(coverage, precision, floor) for _, coverage, precision in report.curve]
    drawn = " ".join(f"{across:.1f},{up:.1f}" for across, up in places)
    ground = HEIGHT - BOTTOM
    area = f"{places[0][0]:.1f},{ground} {drawn} {places[-1][0]:.1f},{ground}"
    return [f'<polygon class="area" points="{area}"/>', f'<polyline class="line" points="{drawn}"/>']


def _mark(report: Report, floor: float, pattern: str) -> list[str]:
    if not report.auto_share or report.auto_precision is None:
        return []
    across, up = _place(report.auto_share, report.auto_precision, floor)
    said = pattern.format(
        threshold=f"{report.answer_at:.2f}",
        coverage=f"{report.auto_share:.0%}",
        precision=f"{report.auto_precision:.1%}",
    )
    return [
        f'<line class="mark" x1="{across:.1f}" x2="{across:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}"/>',
        f'<circle class="dot" cx="{across:.1f}" cy="{up:.1f}" r="5"/>',
        f'<text x="{WIDTH - RIGHT}" y="30" text-anchor="end">{escape(said)}</text>',
    ]
