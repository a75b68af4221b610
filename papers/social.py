"""The picture that other sites show beside a link: 1200 by 630 pixels, drawn on request.

It is a small sheet of the almanac: a headline, the day or the year in large figures,
and the ruler of the year with a red mark for each day. One font is at hand, for Latin,
Greek and Cyrillic; a headline in any other letters gives way to the next words there are.
"""

import io
import unicodedata
from calendar import month_name
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from PIL import Image, ImageColor, ImageDraw, ImageFont

from papers.dates import PartialDate
from papers.rulers import has_place, share

WIDTH, HEIGHT = 1200, 630
LEFT, RIGHT = 64, WIDTH - 64
PAPER, TEXT, MUTED, HAIR = "#fdfdfc", "#18191b", "#595b60", "#d8d8d6"
INK, INK_MID = "#b0122c", "#cd6d7a"
SIZES = (84, 76, 70, 64, 58, 52, 46, 40, 34, 28)  # Of a headline, until it fits.
LEADING = 1.14
SMALL = 26
TOP, RULER = 116, 520  # Where the headline begins, and the line of the ruler.
NUMERAL = 250
FIGURE = (240, 120)  # How large a figure is at most.
STEPS = 12
FONT = Path(__file__).parent / "fonts" / "annual-drawn.ttf"
MOST_CHARACTERS = 1000  # Of a text; what is beyond could not be seen.


@dataclass(frozen=True, kw_only=True)
class Picture:
    """What a picture says. Of `headlines` the first is set that the font can draw.

    `numeral` is large and in red beside the headline; title and authors stand under
    it, cut to two lines; `foot` is a row of words, as many as there is room for. Under
    the numeral stands the entry's first figure: `photo`, the bytes of a picture, or
    `bars`, the lengths of a chart's bars, none of them below zero.
    """

    year: int
    headlines: Sequence[str]
    when: str = ""
    numeral: str = ""
    title: str = ""
    authors: str = ""
    foot: Sequence[str] = ()
    photo: bytes = b""
    bars: Sequence[float] = ()
    days: Sequence[PartialDate] = ()
    others: Sequence[PartialDate] = ()


def draw_paper(picture: Picture) -> bytes:
    """The picture of an entry, as a PNG file."""
    sheet = Sheet(picture.when)
    beside = FIGURE[0] if picture.photo or picture.bars else 0
    top = TOP + 12
    if picture.numeral:
        sheet.write((RIGHT, TOP + 178), picture.numeral, NUMERAL, INK, anchor="rs")
        beside = max(beside, int(sheet.width(picture.numeral, NUMERAL)))
        top = TOP + 212
    edge = RIGHT - beside - 48 if beside else RIGHT
    if picture.photo:
        sheet.show(picture.photo, top)
    else:
        sheet.draw_bars(picture.bars, top)
    headline = chosen(picture)
    below = sheet.wrap(words_below(picture, headline), SMALL, edge - LEFT)
    below = sheet.cut(below, 2, SMALL, edge - LEFT)
    space = RULER - 74 - TOP - len(below) * 36
    size, lines = sheet.fit(headline, edge - LEFT, space)
    bottom = sheet.write_lines(lines, TOP, size, TEXT)
    sheet.write_lines(below, bottom + 18, SMALL, MUTED)
    return finish(sheet, picture)


def draw_review(picture: Picture) -> bytes:
    """The picture of a review, as a PNG file."""
    sheet = Sheet(picture.when)
    year, size = str(picture.year), 330
    sheet.write((LEFT - 12, RULER - 84), year, size, TEXT)
    start = LEFT + int(sheet.width(year, size)) + 24
    size, lines = sheet.fit(chosen(picture), RIGHT - start, 300)
    top = RULER - 84 + size * 0.28 - len(lines) * size * LEADING
    sheet.write_lines(lines, top, size, TEXT, left=start)
    return finish(sheet, picture)


def finish(sheet: "Sheet", picture: Picture) -> bytes:
    sheet.draw_ruler(picture)
    sheet.write_row(picture.foot, RULER + 84, INK)
    return sheet.to_png(has_photo=bool(picture.photo))


class Sheet:
    """One picture while it is drawn. Its fonts are its own: threads cannot share them."""

    def __init__(self, when: str) -> None:
        self.image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
        self.pen = ImageDraw.Draw(self.image)
        self.fonts: dict[int, ImageFont.FreeTypeFont] = {}
        self.write((LEFT, 62), "Year in Review", 30, TEXT)
        self.write((RIGHT, 62), when, 30, MUTED, anchor="rs")
        self.pen.line([(LEFT, 86), (RIGHT, 86)], HAIR, 2)

    def font(self, size: int) -> ImageFont.FreeTypeFont:
        if size not in self.fonts:
            self.fonts[size] = load_font(size)
        return self.fonts[size]

    def width(self, text: str, size: int) -> float:
        return self.font(size).getlength(text)

    def write(
        self,
        at: tuple[float, float],
        text: str,
        size: int,
        fill: str,
        *,
        anchor: str = "ls",
    ) -> None:
        self.pen.text(at, text, fill, self.font(size), anchor)

    def write_lines(
        self,
        lines: Sequence[str],
        top: float,
        size: int,
        fill: str,
        *,
        left: float = LEFT,
    ) -> float:
        """Write lines of text from `top` down; return where they end."""
        for line in lines:
            self.write((left, top + size), line, size, fill)
            top += size * LEADING
        return top

    def write_row(self, words: Iterable[str], baseline: float, fill: str) -> None:
        """Write words side by side, as many as there is room for."""
        left: float = LEFT
        for word in filter(None, map(readable, words)):
            end = left + self.width(word, SMALL)
            if end <= RIGHT:
                self.write((left, baseline), word, SMALL, fill)
                left = end + 30

    def fit(self, text: str, width: float, height: float) -> tuple[int, list[str]]:
        """The largest size at which the text fits, and its lines; cut at the smallest."""
        for size in SIZES:
            if self.width(text, size) / width * size * LEADING > height:
                continue  # Not even without a blank at the end of any line.
            lines = self.wrap(text, size, width)
            if len(lines) * size * LEADING <= height:
                return size, lines
        lines = self.wrap(text, size, width)
        return size, self.cut(lines, int(height / (size * LEADING)), size, width)

    def wrap(self, text: str, size: int, width: float) -> list[str]:
        lines: list[str] = []
        line = ""
        for word in text.split():
            longer = f"{line} {word}".lstrip()
            if self.width(longer, size) <= width:
                line = longer
                continue
            lines.append(line)
            *full, line = self.break_word(word, size, width)
            lines += full
        return [line for line in [*lines, line] if line]

    def break_word(self, word: str, size: int, width: float) -> list[str]:
        """The word in pieces that are not wider than a line."""
        pieces = [""]
        for letter in word:
            if self.width(pieces[-1] + letter, size) > width:
                pieces.append("")
            pieces[-1] += letter
        return pieces

    def cut(self, lines: list[str], most: int, size: int, width: float) -> list[str]:
        """The first lines, with a sign of omission where there are more."""
        if len(lines) <= most:
            return lines
        last = lines[most - 1]
        while self.width(f"{last}…", size) > width:
            last = last[:-1]
        return [*lines[: most - 1], f"{last.rstrip(' ,;:.')}…"]

    def show(self, photo: bytes, top: int) -> None:
        """Set a picture into the right column, as large as it holds it."""
        with Image.open(io.BytesIO(photo)) as opened:
            image = opened.convert("RGBA")
        image.thumbnail(FIGURE)
        self.image.paste(image, (RIGHT - image.width, top), image)

    def draw_bars(self, bars: Sequence[float], top: int) -> None:
        """Set the bars of a chart into the right column, from zero."""
        longest = max(bars, default=0)
        if not longest:
            return
        step = min(FIGURE[1] / len(bars), 26)
        left = RIGHT - FIGURE[0]
        for number, bar in enumerate(bars):
            above = top + number * step
            end = left + bar / longest * FIGURE[0]
            self.pen.rectangle([(left, above), (end, above + step * 0.6)], INK_MID)
        self.pen.line([(left, top - 4), (left, top + len(bars) * step)], TEXT, 2)

    def draw_ruler(self, picture: Picture) -> None:
        year, line = picture.year, self.pen.line
        days = {day for day in picture.days if has_place(day, year)}
        for other in {day for day in picture.others if has_place(day, year)} - days:
            line(
                [(place(other.day), RULER - 30), (place(other.day), RULER)], INK_MID, 3
            )
        line([(LEFT, RULER), (RIGHT, RULER)], TEXT, 2)
        for number in range(1, 13):
            start = place(date(year, number, 1))
            line([(start, RULER - 12), (start, RULER)], TEXT, 2)
            self.write((start, RULER + 28), month_name[number][:3], 20, MUTED)
        line([(RIGHT, RULER - 12), (RIGHT, RULER)], TEXT, 2)
        for day in days:
            line([(place(day.day), RULER - 36), (place(day.day), RULER)], INK, 5)
        self.write_dates(sorted(day.day for day in days if day.day_of_month))

    def write_dates(self, days: Sequence[date]) -> None:
        """Write the dates above their marks, but none over its neighbour."""
        free: float = 0
        for day in days:
            half = self.width(str(day.day), 22) / 2
            if place(day) - half >= free:
                self.write((place(day), RULER - 44), str(day.day), 22, INK, anchor="ms")
                free = place(day) + half + 4

    def to_png(self, *, has_photo: bool = False) -> bytes:
        """The picture with few colours, which makes a third of the bytes."""
        palette = Image.new("P", (1, 1))
        palette.putpalette([part for colour in shades() for part in colour])
        out = io.BytesIO()
        own = None if has_photo else palette  # A photograph has colours of its own.
        few = self.image.quantize(palette=own, dither=Image.Dither.NONE)
        few.save(out, "PNG")
        return out.getvalue()


def shades() -> Iterable[tuple[int, ...]]:
    """The ground, and each colour in steps to it: what the edges of letters need."""
    ground = ImageColor.getrgb(PAPER)
    yield ground
    for colour in map(ImageColor.getrgb, (TEXT, MUTED, HAIR, INK, INK_MID)):
        for step in range(STEPS):
            pairs = zip(colour, ground, strict=True)
            yield tuple(round(a + (b - a) * step / STEPS) for a, b in pairs)


def place(day: date) -> int:
    return round(LEFT + (RIGHT - LEFT) * share(day))


def chosen(picture: Picture) -> str:
    return next(filter(None, map(readable, picture.headlines)), "")


def words_below(picture: Picture, headline: str) -> str:
    title, authors = readable(picture.title), readable(picture.authors)
    if title in {"", headline}:
        return f"By {authors}" if authors else ""
    return f"{title}, by {authors}" if authors else title


def readable(text: str) -> str:
    """The text as it can be drawn: without emoji, and nothing if a letter is missing."""
    normal = unicodedata.normalize("NFC", text[:MOST_CHARACTERS]).translate(PLAINER)
    kept = "".join(" " if ch.isspace() else ch for ch in normal if not is_left_out(ch))
    return " ".join(kept.split()) if can_draw(kept) else ""


PLAINER = {0x2010: "-", 0x2011: "-", 0x202F: " "}
# Control and format characters, symbols such as emoji and what goes with them.
LEFT_OUT = {"Cc", "Cf", "Cn", "Co", "Cs", "Me", "Mn", "Sk", "So"}


def is_left_out(character: str) -> bool:
    is_unknown = unicodedata.category(character) in LEFT_OUT
    return is_unknown and not character.isspace() and character not in "°®©"


def can_draw(text: str) -> bool:
    """Whether the font has every letter; it leaves a blank for one that it lacks."""
    font = load_font(20)
    return all(font.getmask(letter).getbbox() for letter in {*text} - {" "})


def load_font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(font_file()), size)


@cache
def font_file() -> bytes:
    return FONT.read_bytes()
