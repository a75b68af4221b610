"""What a page is about, for machines: JSON-LD in the words of https://schema.org.

Plain values in, plain dicts out; `to_json` writes them so that they can stand in a
page whatever they hold.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from papers.citations import Citation
from papers.names import Author

Thing = dict[str, Any]
SITE = "Year in Review"
# What could end the script element or begin another, as an escape that JSON knows.
ESCAPES = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page: absolute addresses, and words as they are, without markup."""

    url: str
    name: str
    description: str
    image: str
    site_url: str
    published: datetime | None
    modified: datetime


@dataclass(frozen=True)
class Step:
    """A page above this one, by its name and its address."""

    name: str
    url: str


def to_json(*things: Thing) -> str:
    """The things in one document that may stand inside a script element."""
    graph = {"@context": "https://schema.org", "@graph": things}
    return json.dumps(graph, ensure_ascii=False).translate(ESCAPES)


def describe_entry(page: Page, citation: Citation, keywords: Sequence[str]) -> Thing:
    """An entry: a posting of the site about an article."""
    return describe_page(
        page,
        "BlogPosting",
        headline=page.name,
        keywords=list(keywords),
        mainEntityOfPage=page.url,
        about=describe_article(citation),
    )


def describe_review(page: Page, entries: Sequence[Step]) -> Thing:
    """A review: a page that lists its entries in order."""
    listed = {
        "@type": "ItemList",
        "numberOfItems": len(entries),
        "itemListElement": list_steps(entries),
    }
    return describe_page(page, "CollectionPage", name=page.name, mainEntity=listed)


def describe_page(page: Page, kind: str, **more: Any) -> Thing:
    site = {"@type": "Organization", "name": SITE, "url": page.site_url}
    return drop_empty(
        {
            "@type": kind,
            "@id": page.url,
            "url": page.url,
            **more,
            "description": page.description,
            "image": page.image,
            "inLanguage": "en",
            "datePublished": page.published.isoformat() if page.published else "",
            "dateModified": page.modified.isoformat(),
            "author": site,
            "publisher": site,
        }
    )


def describe_article(citation: Citation) -> Thing:
    """The paper itself; its date is as precise as it is known."""
    identifiers = {"arXiv": citation.arxiv_id, "DOI": citation.doi}
    return drop_empty(
        {
            "@type": "ScholarlyArticle",
            "@id": citation.url,
            "name": citation.title,
            "headline": citation.title,
            "author": [describe_author(each) for each in citation.authors.authors],
            "datePublished": str(citation.date or ""),
            "identifier": [
                {"@type": "PropertyValue", "propertyID": name, "value": value}
                for name, value in identifiers.items()
                if value
            ],
            "url": citation.url,
            "sameAs": f"https://doi.org/{citation.doi}" if citation.doi else "",
        }
    )


def describe_author(author: Author) -> Thing:
    if author.is_organisation:
        return {"@type": "Organization", "name": author.family}
    return {"@type": "Person", "name": author.display}


def describe_trail(steps: Sequence[Step]) -> Thing:
    """The way from the top of the site down to a page."""
    return {"@type": "BreadcrumbList", "itemListElement": list_steps(steps)}


def list_steps(steps: Sequence[Step]) -> list[Thing]:
    return [
        {"@type": "ListItem", "position": number, "name": step.name, "item": step.url}
        for number, step in enumerate(steps, 1)
    ]


def drop_empty(fields: Mapping[str, Any]) -> Thing:
    return {name: value for name, value in fields.items() if value}
