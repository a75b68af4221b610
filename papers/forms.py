"""What a reader may ask for, checked and bounded before any paper is read."""

from django import forms
from django.core.exceptions import ValidationError

from papers.models import Tag

MOST_TAGS = 5
LONGEST_QUERY = 200


class TagsField(forms.Field):
    """Tags by their address, each once, in the order asked for.

    The address of an alias counts as the tag's. Each tag costs a subquery, so there
    is a limit to how many are combined.
    """

    widget = forms.MultipleHiddenInput

    def clean(self, value: list[str] | None) -> list[Tag]:
        slugs = list(dict.fromkeys(value or []))
        if len(slugs) > MOST_TAGS:
            raise ValidationError(f"Choose at most {MOST_TAGS} tags.", code="too_many")
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


class FilterForm(forms.Form):
    """The choice of papers on a review or tag page: ?tag=a&tag=b&match=any&q=words."""

    tag = TagsField(required=False)
    match = forms.ChoiceField(
        choices=[("all", "All of them"), ("any", "Any of them")], required=False
    )
    q = forms.CharField(max_length=LONGEST_QUERY, required=False)

    def clean_match(self) -> str:
        return self.cleaned_data["match"] or "all"


class SearchForm(forms.Form):
    q = forms.CharField(max_length=LONGEST_QUERY, required=False)
