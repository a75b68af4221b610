"""What a reader may ask for, checked and bounded before any paper is read."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from papers.models import Review, Tag

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
