"""The forms of an entry's parts, and the parts that are read from them.

Nothing is refused here but what is far too long: a draft may hold half an id or a link
to nowhere. What stands in the way of publishing is said by the checks, at its field.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet
from django.utils.text import slugify

from papers import images, pictures
from papers.admin.editor import MarkdownWidget
from papers.models import Claim, Figure, Link, Section
from papers.models.base import normalise
from papers.rendering import LONGEST_MARKDOWN
from papers.values import (
    ClaimDocument,
    FigureDocument,
    LinkDocument,
    PaperDocument,
    SectionDocument,
)

MOST_PARTS = 100
KNOWN_SECTIONS = ("technical", "figures", "historical", "relevance")


def line(
    label: str, longest: int, help_text: str = "", **attrs: str
) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        required=False,
        help_text=help_text,
        widget=forms.TextInput({"autocomplete": "off"} | attrs),
    )


def text(
    label: str, longest: int, help_text: str = "", rows: int = 3
) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        required=False,
        strip=False,
        help_text=help_text,
        widget=forms.Textarea({"rows": rows}),
    )


def markdown(label: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_MARKDOWN,
        required=False,
        strip=False,
        help_text=help_text,
        widget=MarkdownWidget(),
    )


class SectionForm(forms.Form):
    kind = forms.ChoiceField(
        choices=Section.Kind.choices, initial="other", widget=forms.HiddenInput()
    )
    heading = line("Heading", 200)
    body = markdown("Text")

    @property
    def is_known(self) -> bool:
        """Whether it is one of the four that each entry has."""
        return self["kind"].value() in KNOWN_SECTIONS

    @property
    def title(self) -> str:
        return Section.Kind(self["kind"].value()).label


class FigureForm(forms.Form):
    kind = forms.ChoiceField(choices=Figure.Kind.choices, initial=Figure.Kind.TABLE)
    key = line("Name", 60, "Short, for the text to point to: parameters.")
    caption = text("Caption", 2_000, "One or two sentences.", rows=2)
    alt = text(
        "Alt text", 2_000, "What the figure shows, for those who cannot see it.", rows=2
    )
    content = text(
        "Made from",
        LONGEST_MARKDOWN,
        "CSV for a table or chart, the code itself, or SVG for a diagram.",
        rows=6,
    )
    chart = forms.ChoiceField(
        label="Form",
        choices=Figure.Chart.choices,
        initial=Figure.Chart.BAR,
        required=False,
    )
    notes = text(
        "Notes",
        5_000,
        "What marks like [^a] in the cells lead to, one a line: “a: As reported.”",
        rows=2,
    )
    language = line("Language", 40, "Of code: python, json, text.")
    image = forms.FileField(label="Picture", required=False)
    picture = forms.CharField(required=False, widget=forms.HiddenInput())
    dark = forms.FileField(
        label="Picture for a dark page",
        required=False,
        help_text="Where the picture would glare at night. The other is shown without it.",
    )
    dark_picture = forms.CharField(required=False, widget=forms.HiddenInput())
    no_dark = forms.BooleanField(label="No picture for a dark page", required=False)
    credit = line("Credit", 500, "Who made it, or from what.")
    source = line("Source", 500, "The address it is from.")
    licence = line("Licence", 100)
    wanted = forms.BooleanField(
        label="Still wanted", required=False, help_text="A note readers never see."
    )
    note = text("What it should show", 5_000, rows=2)

    def clean_image(self) -> Any:
        return self.take_picture("image")

    def clean_dark(self) -> Any:
        return self.take_picture("dark")

    def take_picture(self, field: str) -> str | None:
        """A picture is checked, made anew and stored, and from then on named."""
        file = self.cleaned_data[field]
        if not file:
            return None
        try:
            image = images.read_upload(file)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        pictures.store(image)
        return image.name

    @property
    def shown_picture(self) -> str:
        """The name of the picture that the figure has, from the form as it stands."""
        named = (self.is_bound and self.cleaned_data.get("image")) or self[
            "picture"
        ].value()
        return named if named and pictures.load(named) else ""


class LinkForm(forms.Form):
    kind = forms.ChoiceField(choices=Link.Kind.choices, initial=Link.Kind.CODE)
    url = line("Address", 2_000)
    label = line("What it says", 500, "The kind, if empty.")


class ClaimForm(forms.Form):
    text = text("Statement", 2_000, rows=2)
    value = line("Value", 500)
    status = forms.ChoiceField(
        choices=Claim.Status.choices, initial=Claim.Status.UNVERIFIED
    )
    source = line("Source", 500)
    place = line("Where in it", 200, "Table 5.")
    key = line("Name", 60, "What the text calls it by: [47 billion](claim:size).")


class PartFormSet(BaseFormSet):
    """The parts of one kind, in order; one with nothing in it is none."""

    default_error_messages = BaseFormSet.default_error_messages | {
        "missing_management_form": "A part of the form did not arrive. Open the entry "
        "anew: this browser still has your words, and offers them."
    }

    @property
    def in_order(self) -> list[forms.Form]:
        kept = [form for form in self.forms if not form.cleaned_data.get("DELETE")]

        def place(form: forms.Form) -> tuple[bool, int]:
            number = form.cleaned_data.get("ORDER")
            return number is None, number or 0

        return sorted(kept, key=place)


def part_set(form: type[forms.Form]) -> type[PartFormSet]:
    made: Any = forms.formset_factory(
        form,
        formset=PartFormSet,
        extra=0,
        can_order=True,
        can_delete=True,
        max_num=MOST_PARTS,
        absolute_max=2 * MOST_PARTS,
        validate_max=True,
    )
    return made


SETS: Mapping[str, type[PartFormSet]] = {
    "sections": part_set(SectionForm),
    "figures": part_set(FigureForm),
    "links": part_set(LinkForm),
    "claims": part_set(ClaimForm),
}


def make_set(name: str, document: PaperDocument, data: Any, files: Any) -> PartFormSet:
    given = data is not None and f"{name}-TOTAL_FORMS" in data
    said, sent = (data, files) if given else (None, None)
    return SETS[name](said, sent, prefix=name, initial=parts_of(document, name))


def parts_of(document: PaperDocument, name: str) -> list[dict[str, Any]]:
    if name == "sections":
        return [vars(section) for section in all_sections(document.sections)]
    if name == "figures":
        return [
            vars(figure)
            | {
                "image": None,
                "picture": pictures.keep(figure.image) if figure.image else "",
                "dark": None,
                "dark_picture": pictures.keep(figure.dark) if figure.dark else "",
            }
            for figure in document.figures
        ]
    return [vars(part) for part in getattr(document, name)]


def all_sections(sections: Sequence[SectionDocument]) -> list[SectionDocument]:
    """The sections with an empty one for each of the four that is still to write."""
    written = {section.kind for section in sections}
    missing = [SectionDocument(kind=k) for k in KNOWN_SECTIONS if k not in written]
    if not missing:
        return list(sections)

    def place(section: SectionDocument) -> int:
        known = section.kind in KNOWN_SECTIONS
        return KNOWN_SECTIONS.index(section.kind) if known else len(KNOWN_SECTIONS)

    return sorted([*sections, *missing], key=place)


def read_section(row: Mapping[str, Any]) -> SectionDocument | None:
    kind, body = row.get("kind", "other"), normalise(row.get("body", ""))
    heading = row.get("heading", "") if kind == "other" else ""
    return (
        SectionDocument(kind=kind, heading=heading, body=body)
        if body or heading
        else None
    )


def read_figure(row: Mapping[str, Any]) -> FigureDocument | None:
    name = row.get("image") or row.get("picture", "")
    dark = row.get("dark") or row.get("dark_picture", "")
    dark = "" if row.get("no_dark") else dark
    key = slugify(row.get("key", ""))
    values = {
        field: normalise(row.get(field, ""))
        for field in ("caption", "alt", "content", "notes", "note")
    }
    values |= {
        field: row.get(field, "")
        for field in ("language", "credit", "source", "licence")
    }
    image = pictures.load(name) if name else b""
    wanted = bool(row.get("wanted"))
    if not (key or any(values.values()) or image or wanted):
        return None
    kind = row.get("kind", "table")
    return FigureDocument(
        kind=kind,
        chart=row.get("chart", "") if kind == Figure.Kind.CHART else "",
        image=image,
        dark=pictures.load(dark) if dark else b"",
        wanted=wanted,
        key=key,
        **values,
    )


def read_link(row: Mapping[str, Any]) -> LinkDocument | None:
    url, label = row.get("url", ""), row.get("label", "")
    if not (url or label):
        return None
    return LinkDocument(kind=row.get("kind", "paper"), label=label, url=url)


def read_claim(row: Mapping[str, Any]) -> ClaimDocument | None:
    values = {name: row.get(name, "") for name in ("value", "source", "place")}
    said, key = normalise(row.get("text", "")), slugify(row.get("key", ""))
    if not (said or any(values.values())):
        return None
    return ClaimDocument(
        key=key, text=said, status=row.get("status", "unverified"), **values
    )


READERS: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {
    "sections": read_section,
    "figures": read_figure,
    "links": read_link,
    "claims": read_claim,
}


def name_figures(figures: Iterable[FigureDocument]) -> list[FigureDocument]:
    """Each figure with a name: one that nobody gave is counted."""
    listed = list(figures)
    taken = {figure.key for figure in listed}
    named = []
    for number, figure in enumerate(listed, 1):
        names = (f"figure-{n}" for n in count(number))
        key = figure.key or next(name for name in names if name not in taken)
        taken.add(key)
        named.append(replace(figure, key=key))
    return named
