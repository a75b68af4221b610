import pytest

from papers.dates import PartialDate, parse_date
from papers.rulers import draw_ruler
from tests.trees import parse


def draw(year, days, others=(), label=""):
    made = draw_ruler(
        year, [parse_date(day) for day in days], map(parse_date, others), label
    )
    return parse(made)[0]


def places(ruler, kind):
    return [mark.get("x1") for mark in ruler.iter("line") if mark.get("class") == kind]


def dates(ruler):
    return [
        (text.get("x"), text.text)
        for text in ruler.iter("text")
        if text.get("class") == "date"
    ]


LEAP = (
    "0.00% 8.47% 16.39% 24.86% 33.06% 41.53% 49.73% 58.20% 66.67% 74.86% 83.33% 91.53% "
    "100%"
).split()
COMMON = (
    "0.00% 8.49% 16.16% 24.66% 32.88% 41.37% 49.59% 58.08% 66.58% 74.79% 83.29% 91.51% "
    "100%"
).split()


@pytest.mark.parametrize(("year", "starts"), [(2024, LEAP), (2023, COMMON)])
def test_each_month_starts_at_its_share_of_the_year(year, starts):
    assert places(draw(year, []), "start") == starts


def test_each_month_is_named_in_three_lengths():
    ruler = draw(2024, [])

    names = ["".join(text.itertext()) for text in ruler.iter("text")]
    short = [text.text + text[0].text for text in ruler.iter("text")]
    letters = [text.text for text in ruler.iter("text")]
    assert names == (
        "January February March April May June July August September October "
        "November December"
    ).split(" ")
    assert short == "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    assert letters == list("JFMAMJJASOND")


@pytest.mark.parametrize(
    ("year", "days", "marks", "numbers"),
    [
        (2024, ["2024-01-01"], ["0.14%"], [("0.14%", "1")]),
        (2024, ["2024-12-31"], ["99.86%"], [("99.86%", "31")]),
        (2023, ["2023-12-31"], ["99.86%"], [("99.86%", "31")]),
        (2024, ["2024-02-29"], ["16.26%"], [("16.26%", "29")]),
        (2024, ["2024-07-01"], ["49.86%"], [("49.86%", "1")]),
        (2024, ["2024-02"], ["12.43%"], []),
        (2024, ["2024"], [], []),
        (2024, ["2023-05-01", "2025-05-01"], [], []),
        (
            2024,
            ["2024-05-02", "2024-01-08", "2024-05-02"],
            ["2.05%", "33.47%"],
            [("2.05%", "8"), ("33.47%", "2")],
        ),
    ],
    ids=range(9),
)
def test_each_day_has_one_mark_in_its_middle(year, days, marks, numbers):
    ruler = draw(year, days)

    assert places(ruler, "day") == marks
    assert dates(ruler) == numbers


def test_other_days_are_faded_where_they_are_not_marked_already():
    ruler = draw(2024, ["2024-01-08"], ["2024-12-31", "2024-01-08", "2024-03"])

    assert places(ruler, "other") == ["20.36%", "99.86%"]
    assert places(ruler, "day") == ["2.05%"]


def test_a_ruler_is_one_line_of_drawing_without_styles():
    made = draw_ruler(2024, [PartialDate(2024, 1, 8)], [PartialDate(2024, 12, 31)])

    assert made.endswith(
        '<line class="start" x1="100%" x2="100%" y1="30" y2="40"/>'
        '<line class="base" x1="0" x2="100%" y1="40" y2="40"/>'
        '<line class="other" x1="99.86%" x2="99.86%" y1="20" y2="40"/>'
        '<line class="day" x1="2.05%" x2="2.05%" y1="16" y2="40"/>'
        '<text class="date" x="2.05%" y="10">8</text></svg>'
    )


@pytest.mark.parametrize(
    ("days", "spoken"),
    [
        ([], "none"),
        (["2023-01-01", "2024"], "none"),
        (["2024-02", "2024-01-08"], "8 January, February"),
    ],
)
def test_the_days_are_read_out_in_their_order(days, spoken):
    assert draw(2024, days).get("aria-label") == (
        f"The days of 2024 on which these papers appeared: {spoken}"
    )


def test_a_label_is_read_out_instead_and_stays_text():
    ruler = draw(2024, ["2024-01-08"], label='The "year" <b>')

    assert ruler.get("aria-label") == 'The "year" <b>'
