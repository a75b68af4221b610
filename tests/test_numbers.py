import re

import pytest

from papers.numbers import MOST_PAPERS, MOST_TAGS, draw_authors, draw_tags
from tests.trees import harm


def rows(svg):
    return re.findall(r'<text x="0" y="\d+">([^<]+)</text>', svg)


def test_tags_of_several_papers_have_a_row_and_the_rest_share_one():
    svg = draw_tags({"LoRA": [2, 5], "LLMs": [1, 2, 3], "MoE": [1], "Vision": [9]})

    assert rows(svg) == ["LLMs", "LoRA", "2 others"]
    assert re.findall(r'class="end"[^>]*>(\d+)<', svg) == ["3", "2", "2"]
    assert svg.count('class="tick"') == 5
    assert svg.count('class="tick soft"') == 2
    assert 'aria-label="Papers by tag and month. LLMs: 3, LoRA: 2, 2 others: 2"' in svg


def test_a_mark_stands_in_the_column_of_its_month():
    svg = draw_tags({"LoRA": [1, 12]})

    assert re.findall(r'class="tick" x1="(\d+)%"', svg) == ["35", "90"]


def test_papers_of_one_month_stand_side_by_side():
    svg = draw_tags({"LoRA": [4, 4, 4]})

    assert re.findall(r"translate\((-?\d+)\)", svg) == ["-6", "0", "6"]


def test_only_so_many_tags_have_a_row_of_their_own():
    svg = draw_tags({f"Tag {n}": [1, 2] for n in range(MOST_TAGS + 3)})

    assert len(rows(svg)) == MOST_TAGS + 1
    assert rows(svg)[-1] == "3 others"


def test_one_other_is_no_plural():
    assert rows(draw_tags({"LoRA": [1]})) == ["1 other"]


def test_no_tags_are_no_chart():
    assert draw_tags({}) == ""


def test_a_name_is_text_whatever_it_holds():
    assert harm(draw_tags({'<script>"&': [1, 2]})) == []


def test_authors_are_set_on_a_logarithmic_scale():
    svg = draw_authors([(1, 10), (2, 100), (3, 1000)])

    assert re.findall(r'cx="([\d.]+)%"', svg) == ["12.0", "50.0", "88.0"]
    assert re.findall(r'class="axis mid"[^>]*>(\d+)<', svg) == [
        "10",
        "30",
        "100",
        "300",
        "1000",
    ]
    assert 'logarithmic scale: Jan 10, Feb 100, Mar 1000"' in svg


def test_a_paper_without_authors_has_no_mark():
    svg = draw_authors([(1, 4), (2, 0), (3, 9)])

    assert len(re.findall("<circle", svg)) == 2


@pytest.mark.parametrize("authors", [[], [(1, 4)], [(1, 0), (2, 0)], [(1, 4), (2, 0)]])
def test_nothing_to_compare_is_no_chart(authors):
    assert draw_authors(authors) == ""


def test_too_many_papers_are_no_chart():
    assert draw_authors([(1, 4)] * (MOST_PAPERS + 1)) == ""


def test_papers_with_as_many_authors_are_a_chart_all_the_same():
    svg = draw_authors([(1, 1), (2, 1)])

    assert re.findall(r'cx="([\d.]+)%"', svg) == ["12.0", "12.0"]
