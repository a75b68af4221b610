"""The colours of the style sheet against the grounds they stand on (WCAG 2.2, 1.4.3)."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parent.parent / "static/css/annual.css").read_text()
TOKENS = {
    name: (light, dark)
    for name, light, dark in re.findall(
        r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", CSS
    )
}
THEMES = {"light": 0, "dark": 1}
TEXT, MARK = 4.5, 3.0


def luminance(colour):
    """Relative luminance (WCAG 2.2, section 8) of a colour as #rrggbb."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    ]
    return sum(
        share * c for share, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
    )


def contrast(one, other):
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def test_contrast_is_reckoned_as_the_standard_does():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("colour", "ground", "least"),
    [
        ("text", "paper", TEXT),
        ("text", "tint", TEXT),
        ("muted", "paper", TEXT),
        ("muted", "tint", TEXT),
        ("ink", "paper", TEXT),
        ("ink", "tint", TEXT),
        ("on-ink", "ink", TEXT),
        ("text", "ink-soft", TEXT),
        ("rule", "paper", MARK),
        ("ink-mid", "paper", MARK),
    ],
)
def test_a_colour_can_be_read_on_its_ground(colour, ground, least, theme):
    place = THEMES[theme]

    assert contrast(TOKENS[colour][place], TOKENS[ground][place]) >= least


def test_text_takes_its_colour_from_a_token_that_is_checked():
    used = set(re.findall(r"^ *color: ([^;]+);", CSS, re.MULTILINE))

    checked = {f"var(--{name})" for name in ("text", "muted", "ink", "on-ink")}
    assert used <= checked | {"HighlightText", "inherit"}
    assert checked <= used
