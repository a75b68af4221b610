"""Waiving findings from the form of an entry, and ending what was waived."""

from collections.abc import Iterator
from itertools import chain

from django.http import HttpRequest
from django.utils import timezone

from papers import checks, drafts, roles
from papers.admin.placing import examine_beside
from papers.checks.findings import Finding, Severity
from papers.models import Paper

REASON = "waive-"  # A reason's field is named by this and the finding's digest.
LONGEST_REASON = 500
END = "_unwaive"


def act(request: HttpRequest, paper: Paper) -> Iterator[str]:
    """Do what the form of a saved entry says of its findings; yield what was done.

    A finding is waived by giving a reason; one that is not in the saved words any more
    is not. An error stops publishing, so only who may publish may waive it.
    """
    if ended := request.POST.get(END, ""):
        if paper.waivers.filter(digest=ended).delete()[0]:
            yield "The waiver has ended: the finding stands again."
        return
    reasons = dict(read_reasons(request))
    for finding in chain.from_iterable(find_standing(paper) if reasons else ()):
        if not reasons:
            return
        reason = reasons.pop(finding.digest, "")
        if reason and may_waive(request, finding):
            paper.waivers.create(
                code=finding.code,
                field=finding.field[:120],
                reason=reason,
                person=request.user.get_username(),
                given_on=timezone.localdate(),
                digest=finding.digest,
            )
            yield f"Waived until its text changes: {finding.code}."


def find_standing(paper: Paper) -> Iterator[list[Finding]]:
    """What stands against the newest version, by itself and beside the other entries."""
    yield checks.check_paper(drafts.get_working(paper).document)
    _, report = examine_beside(paper)
    yield report.standing


def read_reasons(request: HttpRequest) -> Iterator[tuple[str, str]]:
    for name in request.POST:
        reason = " ".join(request.POST.get(name, "").split())[:LONGEST_REASON]
        if name.startswith(REASON) and reason:
            yield name.removeprefix(REASON), reason


def may_waive(request: HttpRequest, finding: Finding) -> bool:
    is_error = finding.severity == Severity.ERROR
    return finding.can_be_waived and (not is_error or roles.may_publish(request.user))
