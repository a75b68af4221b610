"""HTML as a browser reads it: a tree of elements, and what in it could do harm."""

import re

from html5lib import parseFragment

NEVER = set("script style iframe object embed form input base meta link".split())
SCHEMES = {"", "http", "https", "mailto"}


def parse(html):
    """Every element in the order of the document, foreign ones by their local names."""
    fragment = parseFragment(html, namespaceHTMLElements=False)
    found = list(fragment.iter())[1:]
    for element in found:
        element.tag = str(element.tag).rpartition("}")[2]
    return found


def tags(html):
    return [element.tag for element in parse(html)]


def attributes(html):
    return {str(name) for element in parse(html) for name in element.attrib}


def harm(html):
    """Each element or attribute that could run, restyle the page or leave the site."""
    return [
        problem for element in parse(html) for problem in harm_of(element.tag, element)
    ]


def harm_of(tag, element):
    if tag in NEVER:
        yield tag
    for name, value in element.attrib.items():
        leads_away = name == "src" and not value.startswith("/media/")
        runs = name == "href" and scheme(value) not in SCHEMES
        if str(name).startswith("on") or name == "style" or leads_away or runs:
            yield f"{tag} {name}={value}"


def scheme(address):
    """As a browser finds it (https://url.spec.whatwg.org/#url-parsing)."""
    bare = re.sub("[\t\n\r]", "", address).lstrip("".join(map(chr, range(33))))
    found = re.match(r"([a-z][a-z0-9+.-]*):", bare, re.IGNORECASE)
    return found[1].lower() if found else ""
