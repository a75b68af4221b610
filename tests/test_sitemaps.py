from xml.etree import ElementTree as ET

import pytest

from papers.models import Status
from tests.factories import make_paper, make_review, make_tag

pytestmark = pytest.mark.django_db

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_the_sitemap_lists_every_public_page_once(client):
    make_paper(slug="shown", month=5, tags=[make_tag("MoE")])
    make_paper(slug="also", month=5)
    make_paper(slug="draft", month=6, status=Status.DRAFT, tags=[make_tag("Ghost")])
    make_paper(slug="hidden", review=make_review(year=2023, status=Status.DRAFT))

    tree = ET.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 -- our own

    assert [
        node.text.removeprefix("http://testserver")
        for node in tree.iter(f"{NAMESPACE}loc")
    ] == [
        "/2024/",
        "/2024/05/",
        "/2024/shown/",
        "/2024/also/",
        "/tags/moe/",
    ]
