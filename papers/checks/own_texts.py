"""What the rules about words say of a review's own title, introduction and attribution."""

from dataclasses import replace
from itertools import starmap

from papers.checks.findings import Finding, errors_among
from papers.checks.registry import RULES, Problem, as_finding
from papers.values import PaperDocument, ReviewDocument

# The families of rules that look at words alone, whoever says them.
FAMILIES = ("code.", "formulas.", "identifiers.", "links.", "text.")
# Each with the field of an entry that is written and shown like it.
FIELDS = {"title": "headline", "introduction": "summary", "attribution": "summary"}


def check_own_texts(review: ReviewDocument) -> list[Finding]:
    """The findings about what a review says itself, text by text."""
    return [
        replace(as_finding(rule, problem), field=name, can_be_waived=False)
        for name, field in FIELDS.items()
        for paper in [PaperDocument(slug="", month=1, **{field: getattr(review, name)})]
        for rule in RULES
        if rule.code.startswith(FAMILIES)
        for problem in starmap(Problem, rule.find(paper))
        if problem.field == field
    ]


def errors_in_own_texts(review: ReviewDocument) -> list[Finding]:
    """The findings that keep the review from the public."""
    return errors_among(check_own_texts(review))
