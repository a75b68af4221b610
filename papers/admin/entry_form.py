"""The form of an entry as one: its own fields, and the forms of its parts."""

from dataclasses import replace
from typing import Any

from django import forms

from papers.admin.entry_parts import (
    KNOWN_SECTIONS,
    READERS,
    SETS,
    line,
    make_set,
    markdown,
    name_figures,
    text,
)
from papers.models.base import normalise
from papers.models.paper import MONTHS, MOST_AUTHORS
from papers.values import PaperDocument


class EntryForm(forms.Form):
    """An entry's own words."""

    headline = line("Headline", 500, "The entry's own title.", autofocus="autofocus")
    summary = markdown("Summary", "One paragraph, shown on the card.")
    tags = line(
        "Tags",
        2_000,
        "In order, with commas between; Enter takes the one proposed, "
        "a press on a tag shows it on the card.",
    )
    chips = line("On the card", 2_000, "Those of the tags that the card shows.")
    title = line("Title of the paper", 500, "As the paper has it.")
    authors = text(
        "Authors",
        MOST_AUTHORS,
        "One a line, in order: Given Family, or Family, Given, or an organisation in "
        "braces. A last line “et al.” says that there are more.",
        rows=4,
    )
    date = line(
        "Date of the paper",
        40,
        "As precisely as is known: 2024, 2024-01 or 2024-01-08.",
    )
    venue = line("Venue", 300, "Beyond the preprint: ICML 2024, oral.")
    arxiv_id = line("arXiv id", 300, "Or any address of the paper on arXiv.")
    doi = line("DOI", 300)
    focus = text("Focus", 2_000, "What the paper is about, in one line.", rows=2)
    impact = text("Impact", 5_000, "What it changed, in a sentence or two.")
    citation_note = text(
        "Note on the citation", 2_000, "Where the record does not say it all.", rows=2
    )
    month = forms.TypedChoiceField(label="Month", choices=MONTHS, coerce=int)
    slug = line("Address", 80, "Its place in the site. One it had before leads here.")
    notes = text("Editors' notes", 100_000, "Readers never see them.")


OWN = tuple(EntryForm.base_fields)


class EntryForms:
    """The form of an entry with the forms of its parts, as one.

    A form that an earlier release made may lack a field, or all forms of one kind:
    what it says nothing of stays as it is.
    """

    def __init__(
        self, document: PaperDocument, data: Any = None, files: Any = None
    ) -> None:
        self.document = document
        initial = initial_of(document)
        if data is not None:
            said = data.copy()
            for name in OWN:
                said.setdefault(name, initial[name])
            data = said
        self.own = EntryForm(data, initial=initial)
        self.parts = {name: make_set(name, document, data, files) for name in SETS}

    def is_valid(self) -> bool:
        sent = [each for each in self.parts.values() if each.is_bound]
        valid = [self.own.is_valid(), *(each.is_valid() for each in sent)]
        return all(valid)

    @property
    def can_read(self) -> bool:
        """Whether there is something to read: forms that were sent and are valid."""
        return self.own.is_bound and self.is_valid()

    @property
    def problem(self) -> str:
        """The first thing that is far too long, or no picture, in words."""
        for form in (self.own, *(f for kind in self.parts.values() for f in kind)):
            for name, errors in form.errors.items():
                return f"{form.fields[name].label or name}: {errors[0]}"
        wrong = [e for kind in self.parts.values() for e in kind.non_form_errors()]
        return str(wrong[0]) if wrong else ""

    def read(self) -> PaperDocument:
        """What the forms say, as the next version of the document. They must be valid."""
        data = self.own.cleaned_data
        values: dict[str, Any] = {
            name: data[name] for name in OWN if name not in {"tags", "chips"}
        }
        values |= {name: normalise(data[name]) for name in MULTILINE}
        tags = split_names(data["tags"])
        chips = {name.lower() for name in split_names(data["chips"])}
        values |= {name: tuple(self.read_parts(name)) for name in SETS}
        values["tags"] = tags
        values["chips"] = tuple(tag for tag in tags if tag.lower() in chips)
        return replace(self.document, **values)

    def read_parts(self, name: str) -> list[Any]:
        if not self.parts[name].is_bound:
            return list(getattr(self.document, name))
        rows = [form.cleaned_data for form in self.parts[name].in_order]
        made = [READERS[name](row) for row in rows]
        kept = [part for part in made if part is not None]
        return name_figures(kept) if name == "figures" else kept

    def places(self, name: str) -> list[str | None]:
        """The prefix of the form of each part that the document has, in its order."""
        forms = self.parts[name]
        if forms.is_bound:
            return [f.prefix for f in forms.in_order if READERS[name](f.cleaned_data)]
        rows = ((form.prefix, form.initial) for form in forms.initial_forms)
        return [prefix for prefix, row in rows if READERS[name](row)]

    def anchor(self, field: str) -> str:
        """The id of the field that a finding is about."""
        name, _, rest = field.partition(".")
        if name not in SETS:
            return f"id_{name}" if name in self.own.fields else "entry"
        place, _, part = rest.partition(".")
        if place in KNOWN_SECTIONS:
            kinds = {form["kind"].value(): form.prefix for form in self.parts[name]}
            return f"id_{kinds[place]}-body" if place in kinds else name
        prefixes = self.places(name)
        known = place.isdigit() and int(place) < len(prefixes)
        return f"id_{prefixes[int(place)]}-{part}" if known else name


MULTILINE = ("summary", "authors", "focus", "impact", "citation_note", "notes")


def initial_of(document: PaperDocument) -> dict[str, Any]:
    values = {name: getattr(document, name) for name in OWN}
    return values | {
        "tags": ", ".join(document.tags),
        "chips": ", ".join(document.chips),
    }


def split_names(names: str) -> tuple[str, ...]:
    """The names between commas, each once in whatever case it is written."""
    found: dict[str, str] = {}
    for name in names.split(","):
        if spaced := " ".join(name.split())[:100]:
            found.setdefault(spaced.lower(), spaced)
    return tuple(found.values())
