"""A page of the original's form, read into documents; what is wrong with it is reported."""

from papers.documents.page.reading import PageReading, read_page
from papers.documents.page.remarks import Unplaced

__all__ = ["PageReading", "Unplaced", "read_page"]
