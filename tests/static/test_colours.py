"""The six label colours can be read, and told apart by people who see colours otherwise."""

import itertools
import math
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHEET = (ROOT / "annotations/static/annotations/css/labels.css").read_text()
INK = {"light": "#1b1f24", "dark": "#eceff2"}
PAPER = {"light": "#ffffff", "dark": "#191c20"}
LEAST_CONTRAST = {"": 4.5, "-tint": 6.5}
# CIEDE2000 between any two, in the worst of four ways of seeing. What searching found; lower is a step back.
LEAST_DIFFERENCE = {("", "light"): 14, ("", "dark"): 12, ("-tint", "light"): 8.5, ("-tint", "dark"): 11}
# Source: Machado, Oliveira and Fernandes 2009, severity 1.0, for linear RGB
WAYS_OF_SEEING = {
    "as most": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}
CASES = [(kind, scheme) for kind in ("", "-tint") for scheme in ("light", "dark")]


def colours(kind, scheme):
    pairs = [re.search(rf"--l-{slot}{kind}: light-dark\((#\w{{6}}), (#\w{{6}})\)", SHEET) for slot in range(1, 7)]
    return [pair[1 if scheme == "light" else 2] for pair in pairs]


def linear(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def contrast(one, other):
    light, dark = sorted(
        (0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (linear(one), linear(other))), reverse=True
    )
    return (light + 0.05) / (dark + 0.05)


def lab(colour, seen):
    light = linear(colour)
    r, g, b = (min(1, max(0, sum(x * y for x, y in zip(row, light, strict=True)))) for row in seen)
    x = (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047
    y = 0.2126729 * r + 0.7151522 * g + 0.0721750 * b
    z = (0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def difference(one, other):
    """CIEDE2000. Source: Sharma, Wu and Dalal 2005."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean_c = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    g = 0.5 * (1 - math.sqrt(mean_c**7 / (mean_c**7 + 25**7)))
    a1, a2 = a1 * (1 + g), a2 * (1 + g)
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = math.degrees(math.atan2(b1, a1)) % 360, math.degrees(math.atan2(b2, a2)) % 360
    turn = 0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    delta_h = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2))
    mean_l, mean_c = (l1 + l2) / 2, (c1 + c2) / 2
    mean_h = h1 + h2 if c1 * c2 == 0 else (h1 + turn / 2) % 360
    t = (
        1
        - 0.17 * math.cos(math.radians(mean_h - 30))
        + 0.24 * math.cos(math.radians(2 * mean_h))
        + 0.32 * math.cos(math.radians(3 * mean_h + 6))
        - 0.20 * math.cos(math.radians(4 * mean_h - 63))
    )
    s_l = 1 + 0.015 * (mean_l - 50) ** 2 / math.sqrt(20 + (mean_l - 50) ** 2)
    s_c, s_h = 1 + 0.045 * mean_c, 1 + 0.015 * mean_c * t
    rotation = -2 * math.sqrt(mean_c**7 / (mean_c**7 + 25**7))
    rotation *= math.sin(math.radians(60 * math.exp(-(((mean_h - 275) / 25) ** 2))))
    parts = (l2 - l1) / s_l, (c2 - c1) / s_c, delta_h / s_h
    return math.sqrt(sum(part**2 for part in parts) + rotation * parts[1] * parts[2])


def test_difference_agrees_with_published_pairs():
    """Pairs 1, 7 and 25 of the authors' test data."""
    assert difference((50, 2.6772, -79.7751), (50, 0, -82.7485)) == pytest.approx(2.0425, abs=1e-4)
    assert difference((50, 0, 0), (50, -1, 2)) == pytest.approx(2.3669, abs=1e-4)
    assert difference((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387)) == pytest.approx(1.2644, abs=1e-4)


@pytest.mark.parametrize(("kind", "scheme"), CASES)
def test_ink_is_read_on_every_label(kind, scheme):
    assert min(contrast(colour, INK[scheme]) for colour in colours(kind, scheme)) >= LEAST_CONTRAST[kind]


@pytest.mark.parametrize("way", WAYS_OF_SEEING)
@pytest.mark.parametrize(("kind", "scheme"), CASES)
def test_labels_are_told_apart(kind, scheme, way):
    seen = [lab(colour, WAYS_OF_SEEING[way]) for colour in colours(kind, scheme)]
    closest = min(difference(one, other) for one, other in itertools.combinations(seen, 2))
    assert closest >= LEAST_DIFFERENCE[kind, scheme]


@pytest.mark.parametrize("way", WAYS_OF_SEEING)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_tint_is_seen_on_the_paper(scheme, way):
    paper = lab(PAPER[scheme], WAYS_OF_SEEING[way])
    assert min(difference(lab(tint, WAYS_OF_SEEING[way]), paper) for tint in colours("-tint", scheme)) >= 6


def test_every_slot_has_an_underline_of_its_own():
    styles = re.findall(r"::highlight\(l-\d\) \{[^}]*text-decoration: underline (\w+ [\d.]+px)", SHEET)
    assert len(styles) == len(set(styles)) == 6
