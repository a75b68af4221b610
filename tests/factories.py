"""Make one saved object from nothing; name only what the test is about."""

from itertools import count

from papers.models import (
    Claim,
    Figure,
    Link,
    Paper,
    PaperTag,
    Review,
    Section,
    Status,
    Tag,
)

numbers = count(1)


def make_review(**values):
    defaults = {"year": 2024, "title": "Papers of the year", "status": Status.PUBLISHED}
    return Review.objects.create(**(defaults | values))


def make_paper(*, tags=(), chips=None, **values):
    """A paper that passes the gate; its tags are all on the card unless `chips` says."""
    number = next(numbers)
    defaults = {
        "month": 1,
        "headline": f"Headline {number}",
        "title": f"Paper {number}",
        "slug": f"paper-{number}",
        "summary": "What it found.",
        "authors": "Ada Lovelace",
        "published_on": "2024-01-08",
        "arxiv_id": f"2401.{number:05}",
        "status": Status.PUBLISHED,
    }
    review = values.pop("review", None) or Review.objects.first() or make_review()
    paper = Paper.objects.create(review=review, **(defaults | values))
    for position, tag in enumerate(tags):
        on_card = chips is None or tag in chips
        PaperTag.objects.create(
            paper=paper, tag=tag, position=position, on_card=on_card
        )
    paper.settle()
    return paper


def make_section(**values):
    defaults = {"kind": "technical", "body": "Some *text*."}
    return Section.objects.create(**(defaults | values))


def make_figure(**values):
    defaults = {
        "key": f"figure{next(numbers)}",
        "kind": "table",
        "content": "Model,Parameters\nMixtral,47",
        "caption": "What it shows.",
    }
    return Figure.objects.create(**(defaults | values))


def make_tag(name, **values):
    return Tag.objects.create(**({"name": name, "slug": name.lower()} | values))


def make_link(**values):
    return Link.objects.create(**({"url": "https://example.org/paper"} | values))


def make_claim(**values):
    defaults = {
        "text": "It has 47 billion parameters.",
        "status": "confirmed",
        "source": "Abstract",
    }
    return Claim.objects.create(**(defaults | values))


def make_full_paper(**values):
    """A paper with one of everything that a page shows."""
    paper = make_paper(**values)
    make_section(
        paper=paper, kind="technical", body="How it works.[^1]\n\n[^1]: A note."
    )
    make_section(paper=paper, kind="figures", body="Look at [Figure 1](#figure-1).")
    make_figure(paper=paper)
    make_link(paper=paper)
    make_claim(paper=paper)
    return Paper.objects.get(pk=paper.pk)
