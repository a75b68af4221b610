"""The content: a yearly review, its papers, and what each entry is made of."""

from papers.models.base import Status
from papers.models.correction import Allowance, Correction
from papers.models.figure import Figure
from papers.models.lookup import FormerAddress, SearchDocument
from papers.models.paper import Paper
from papers.models.parts import Author, Claim, Link, PaperTag, Record, Section
from papers.models.review import Review
from papers.models.revision import Revision
from papers.models.tag import Tag, TagAlias
from papers.models.version import ContentVersion
from papers.models.waiver import Waiver

__all__ = [
    "Allowance",
    "Author",
    "Claim",
    "ContentVersion",
    "Correction",
    "Figure",
    "FormerAddress",
    "Link",
    "Paper",
    "PaperTag",
    "Record",
    "Review",
    "Revision",
    "SearchDocument",
    "Section",
    "Status",
    "Tag",
    "TagAlias",
    "Waiver",
]
