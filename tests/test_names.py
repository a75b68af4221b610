import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from papers.names import (
    Author,
    AuthorList,
    parse_author,
    parse_authors,
    split_name,
    summarise,
    to_lines,
)


@pytest.mark.parametrize(
    ("name", "given_name", "family"),
    [
        ("Ada Lovelace", "Ada", "Lovelace"),
        ("Albert Q. Jiang", "Albert Q.", "Jiang"),
        ("Plato", "", "Plato"),
        ("Diego de las Casas", "Diego", "de las Casas"),
        ("Laurens van der Maaten", "Laurens", "van der Maaten"),
        ("Johan Pas van Dijk", "Johan Pas", "van Dijk"),
        ("Santiago Ramón y Cajal", "Santiago Ramón", "y Cajal"),
        ("Jean De La Fontaine", "Jean De La", "Fontaine"),
        ("Martin Luther King Jr.", "Martin Luther", "King Jr."),
        ("Ana da Silva III", "Ana", "da Silva III"),
        ("Jr.", "", "Jr."),
        ("King Jr.", "", "King Jr."),
        ("Ludwig van", "Ludwig", "van"),
        ("  Ada \t Lovelace ", "Ada", "Lovelace"),
    ],
)
def test_a_name_is_split_before_its_particles(name, given_name, family):
    assert split_name(name) == (given_name, family)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Ada Lovelace", Author("Lovelace", "Ada")),
        ("Lovelace, Ada", Author("Lovelace", "Ada")),
        ("van der Berg, Anna", Author("van der Berg", "Anna")),
        ("King, Martin Luther, Jr.", Author("King", "Martin Luther, Jr.")),
        ("Plato,", Author("Plato")),
        ("{Mistral AI}", Author("Mistral AI", is_organisation=True)),
        ("{ Gemma Team, Google }", Author("Gemma Team, Google", is_organisation=True)),
        ("王 伟", Author("伟", "王")),
    ],
)
def test_a_line_holds_a_name_in_any_of_three_forms(line, author):
    assert parse_author(line) == author


@pytest.mark.parametrize("line", ["{}", "{ }", ", Ada", "17", "—", "{1}", "Ada 1"])
def test_a_line_without_a_family_name_is_refused(line):
    with pytest.raises(ValueError) as refused:
        parse_author(line)

    assert str(refused.value) == f"Not a name: {line!r}."


@pytest.mark.parametrize(
    ("author", "line"),
    [
        (Author("Lovelace", "Ada"), "Ada Lovelace"),
        (Author("van der Berg", "Anna"), "Anna van der Berg"),
        (Author("Plato"), "Plato"),
        (Author("Mistral AI", is_organisation=True), "{Mistral AI}"),
        (Author("Mistral AI"), "Mistral AI,"),
        (Author("Lovelace Byron", "Ada"), "Lovelace Byron, Ada"),
        (Author("King", "Martin Luther, Jr."), "King, Martin Luther, Jr."),
        (Author("al.", "et"), "al., et"),
        (Author("Others"), "Others,"),
    ],
)
def test_a_name_is_written_so_that_it_reads_back_the_same(author, line):
    assert author.line == line
    assert parse_authors(line) == AuthorList((author,))


def test_a_text_has_one_author_a_line_and_may_go_on():
    text = "Ada Lovelace\r\n\n  {Mistral AI}  \nBerg, Anna\nand et al\n\n"

    authors = parse_authors(text)

    assert authors == AuthorList(
        (
            Author("Lovelace", "Ada"),
            Author("Mistral AI", is_organisation=True),
            Author("Berg", "Anna"),
        ),
        is_incomplete=True,
    )
    assert to_lines(authors) == "Ada Lovelace\n{Mistral AI}\nAnna Berg\net al."


@pytest.mark.parametrize("end", ["et al.", "et al", "Et Al.", "and others", "others"])
def test_each_way_to_say_that_a_list_goes_on_is_understood(end):
    assert parse_authors(f"Plato\n{end}") == AuthorList((Author("Plato"),), True)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Plato\n\n17", "Line 3: Not a name: '17'."),
        ("Plato\net al.\nAda Lovelace", "Line 3: nothing may follow “et al.”."),
        ("et al.\nothers", "Line 2: nothing may follow “et al.”."),
    ],
)
def test_what_is_wrong_with_a_list_is_said_with_its_line(text, reason):
    with pytest.raises(ValueError) as refused:
        parse_authors(text)

    assert str(refused.value) == reason


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_an_empty_text_has_no_authors(text):
    authors = parse_authors(text)

    assert authors == AuthorList()
    assert (to_lines(authors), authors.in_brief) == ("", "")


@pytest.mark.parametrize(
    ("author", "slug"),
    [
        (Author("de las Casas", "Diego"), "diego-de-las-casas"),
        (Author("Pérez-García", "Núria"), "nuria-perez-garcia"),
        (Author("O'Brien", "Flann"), "flann-o-brien"),
        (Author("伟", "王"), "author-3eb9e774184a"),
        (Author("x" * 300), "x" * 200),
    ],
    ids=range(5),
)
def test_an_author_has_an_address_in_ascii(author, slug):
    assert author.slug == slug


@pytest.mark.parametrize(
    ("total", "first", "rest"), [(0, 0, 0), (12, 12, 0), (13, 6, 7), (559, 6, 553)]
)
def test_a_long_list_shows_its_first_few(total, first, rest):
    authors = AuthorList((Author("Plato"),) * total)

    assert (len(authors.first), len(authors.rest)) == (first, rest)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ann Lee", "Ann Lee"),
        ("Ann Lee\nBo Li", "Ann Lee and Bo Li"),
        ("Ann Lee\nBo Li\nCy Wu", "Ann Lee and 2 others"),
        ("Ann Lee\net al.", "Ann Lee and others"),
        ("Ann Lee\nBo Li\net al.", "Ann Lee and others"),
    ],
)
def test_a_list_is_said_in_a_few_words(text, words):
    assert summarise(parse_authors(text)) == words


WORDS = (
    "Ada de van Casas Jr. III et al. al others and , {A} { } {Team} 1 É 伟 -".split()
)
lines = st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join) | st.text(
    max_size=20
)


@settings(deadline=None)
@given(st.lists(lines, max_size=4).map("\n".join))
def test_authors_written_as_lines_read_back_the_same(text):
    try:
        authors = parse_authors(text)
    except ValueError:
        assume(False)

    assert parse_authors(to_lines(authors)) == authors
