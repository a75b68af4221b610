"""Where a paper appeared, as far as two ways to say it can contradict each other."""

import re

# The names that a venue goes by, in long and in short. Only between these is a
# contradiction certain; whatever else is said of a venue may be another name of it.
KNOWN = {
    name: re.compile(rf"(?<![^\W\d_])(?:{pattern})(?![^\W\d_])", re.IGNORECASE)
    for name, pattern in {
        "NeurIPS": r"neurips|nips|neural information processing systems",
        "ICML": r"icml|international conference on machine learning",
        "ICLR": r"iclr|international conference on learning representations",
        "AISTATS": r"aistats|artificial intelligence and statistics",
        "COLM": r"colm|conference on language model(?:l?ing)?",
        "COLT": r"colt|conference on learning theory",
        "CoRL": r"corl|conference on robot learning",
        "EMNLP": r"emnlp|empirical methods in natural language processing",
        "NAACL": r"naacl|(?:north|nations of the) american?s? chapter",
        "EACL": r"eacl|european chapter of the association",
        "TACL": r"tacl|transactions of the (?:association|acl)[\w ]*",
        "ACL": r"acl|association for computational linguistics",
        "CVPR": r"cvpr|computer vision and pattern recognition",
        "ICCV": r"iccv|international conference on computer vision",
        "ECCV": r"eccv|european conference on computer vision",
        "AAAI": r"aaai",
        "IJCAI": r"ijcai",
        "KDD": r"kdd|knowledge discovery and data mining",
        "SIGIR": r"sigir",
        "FAccT": r"facct|fairness, accountability,? and transparency",
        "JMLR": r"jmlr|journal of machine learning research",
        "TMLR": r"tmlr|transactions on machine learning research",
        "PMLR": r"pmlr|proceedings of machine learning research",
    }.items()
}
# Series that publish the proceedings of others.
SERIES = {"PMLR": {"ICML", "AISTATS", "COLT", "CoRL"}}
SERIES["ACL"] = {"EMNLP", "NAACL", "EACL", "TACL"}
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
LONGEST = 1_000


def contradict(ours: str, theirs: str) -> bool:
    """Whether two venues are certainly not the same: other conferences, or other years.

    A workshop, an unknown name or a short form of one says too little to be certain.
    """
    ours, theirs = ours[:LONGEST], theirs[:LONGEST]
    one, other = find_known(ours), find_known(theirs)
    if not one or not other:
        return False
    if one & other:
        years, others = set(YEAR.findall(ours)), set(YEAR.findall(theirs))
        return bool(years and others) and not years & others
    return True


def find_known(venue: str) -> set[str]:
    found = {name for name, pattern in KNOWN.items() if pattern.search(venue)}
    return found.union(*(SERIES.get(name, set()) for name in found))
