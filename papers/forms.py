"""What a reader may ask for, checked and bounded before any paper is read."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from papers.amending import LONGEST, EntryPart, find_passage
from papers.models import Review, Tag
from papers.models.base import normalise
from papers.models.correction import LONGEST_PASSAGE, LONGEST_REASON
from papers.models.paper import PARSERS

MOST_TAGS = 5
LONGEST_QUERY = 200
WRONG = ("invalid", "min_value")
NUMBERED = "Pages are numbered from 1."


class TagsField(forms.Field):
    """Tags by their address, each once, in the order asked for.

    The address of an alias counts as the tag's. Each tag costs a subquery, so there
    is a limit to how many are combined.
    """

    widget = forms.MultipleHiddenInput

    def __init__(self, *, most: int = MOST_TAGS, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most = most

    def clean(self, value: list[str] | None) -> list[Tag]:
        slugs = list(dict.fromkeys(value or []))
        if len(slugs) > self.most:
            limit = f"at most {self.most} tags" if self.most > 1 else "one tag"
            raise ValidationError(f"Choose {limit}.", code="too_many")
        if not slugs:
            return []
        if any("\0" in slug for slug in slugs):
            raise ValidationError("There is no such tag.", code="unknown")
        found = {tag.slug: tag for tag in Tag.objects.with_address(slugs)}
        found |= {alias: tag for tag in found.values() for alias in tag.other_addresses}
        if unknown := [slug for slug in slugs if slug not in found]:
            raise ValidationError(
                f"There is no tag “{unknown[0][:60]}”.", code="unknown"
            )
        return list(dict.fromkeys(found[slug] for slug in slugs))


class PageForm(forms.Form):
    """The page of a long list: ?page=2."""

    page = forms.IntegerField(
        min_value=1, required=False, error_messages=dict.fromkeys(WRONG, NUMBERED)
    )

    def clean_page(self) -> int:
        return self.cleaned_data["page"] or 1


class FilterForm(PageForm):
    """The choice of papers on a review or tag page: ?tag=a&tag=b&match=any&q=words.

    A review page with `whole` holds every deeper dive too.
    """

    tag = TagsField(required=False)
    match = forms.ChoiceField(
        choices=[("all", "All of them"), ("any", "Any of them")], required=False
    )
    q = forms.CharField(max_length=LONGEST_QUERY, required=False)
    whole = forms.BooleanField(required=False)

    def clean_match(self) -> str:
        return self.cleaned_data["match"] or "all"


class YearField(forms.ModelChoiceField):
    """The year of a published review."""

    def __init__(self, **kwargs: Any) -> None:
        published = Review.objects.published()
        super().__init__(published, to_field_name="year", **kwargs)

    def clean(self, value: str | None) -> int | None:
        try:
            review = super().clean(value)
        except ValidationError as error:
            reason = f"No review of “{str(value)[:20]}” is published."
            raise ValidationError(reason, code="unknown") from error
        return review.year if review else None


class SearchForm(PageForm):
    """A search: ?q=words&year=2024&tag=lora."""

    q = forms.CharField(max_length=LONGEST_QUERY, required=False)
    year = YearField(required=False)
    tag = TagsField(most=1, required=False)

    def clean_tag(self) -> Tag | None:
        """A tag that no published paper has is as good as none."""
        for tag in self.cleaned_data["tag"]:
            if Tag.objects.with_paper_counts().filter(pk=tag.pk).exists():
                return tag
            raise ValidationError(f"There is no tag “{tag.slug}”.", code="unknown")
        return None


class CorrectionForm(forms.Form):
    """What a reader proposes for one part of a published entry."""

    use_required_attribute = (
        False  # What is missing is said at the field, in our words.
    )

    now = forms.CharField(
        label="The words that are wrong",
        help_text="Copy them from the entry, or from its text below.",
        max_length=LONGEST_PASSAGE,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Copy the words that are wrong."},
    )
    should_be = forms.CharField(
        label="What it should be",
        max_length=LONGEST_PASSAGE,
        widget=forms.Textarea({"rows": 3}),
        error_messages={
            "required": "Say what it should be. To have words taken out, copy the "
            "words around them too."
        },
    )
    why = forms.CharField(
        label="Why",
        help_text="In a sentence, for the editors.",
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": "Say in a sentence why."},
    )
    source = forms.CharField(
        label="Source (optional)",
        help_text="Where one can see it: an address, or a place in the paper such as "
        "table 5.",
        max_length=500,
        required=False,
    )
    credit = forms.CharField(
        label="Your name (optional)",
        help_text="With the entry, once the editors have accepted. Without a name "
        "nobody is named.",
        max_length=100,
        required=False,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    # Nobody sees it, and nobody fills it in but a machine that fills in everything.
    homepage = forms.CharField(
        label="Leave this empty",
        max_length=0,
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
        error_messages={"max_length": "This has to stay empty."},
    )

    def __init__(self, part: EntryPart, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part = part
        if part.is_whole:
            self.fields["now"].required = False
        if part.is_value:
            self.fields["should_be"].widget = forms.TextInput()

    def clean_now(self) -> str:
        try:
            return find_passage(self.part, self.cleaned_data["now"])
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def clean_should_be(self) -> str:
        text = normalise(self.cleaned_data["should_be"])
        if not self.part.is_value:
            return text
        text = " ".join(text.split())
        if len(text) > LONGEST:
            raise ValidationError(f"It has at most {LONGEST} characters.")
        try:
            return self.parse(text)
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def parse(self, value: str) -> str:
        """The value as an entry keeps it. Raise ValueError or ValidationError."""
        key = self.part.key
        if key.startswith("links/"):
            URLValidator(schemes=["http", "https"])(value)
        parse = PARSERS.get("published_on" if key == "date" else key)
        return parse(value) if parse else value

    def clean_source(self) -> str:
        return on_one_line(self.cleaned_data["source"])

    def clean_credit(self) -> str:
        return on_one_line(self.cleaned_data["credit"])

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if "should_be" in data and data["should_be"] == data.get("now"):
            self.add_error("should_be", "That is what stands there already.")
        return data


def on_one_line(text: str) -> str:
    """The text without what is not seen, or turns around what stands behind it."""
    unseen = {"Cc", "Cf"}
    spaced = " ".join(text.split())
    return "".join(c for c in spaced if unicodedata.category(c) not in unseen)
