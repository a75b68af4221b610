"""Who may do what with an entry, whichever screen they come from.

The roles themselves are groups of permissions (papers.migrations.0005_roles); an
operator may change them, so nothing here asks for a group.
"""

from typing import Any

from papers.models import Paper, Status

User = Any  # Of whichever model the project's users are, or nobody.
OPEN = {Status.DRAFT, Status.IN_REVIEW}


def may_add(user: User) -> bool:
    """Whether someone may begin an entry."""
    return is_allowed(user, "papers.add_paper")


def may_edit(user: User, paper: Paper) -> bool:
    """Whether someone may change an entry's words.

    Whoever may not change every entry may change those that they began themselves, until
    the entry is scheduled or was public once.
    """
    if not is_allowed(user, "papers.change_paper"):
        return False
    if user.has_perm("papers.change_any_paper"):
        return True
    is_open = paper.status in OPEN and paper.published_at is None
    return is_open and paper.created_by_id == user.pk


def may_publish(user: User) -> bool:
    """Whether someone may publish, schedule and withdraw entries."""
    return is_allowed(user, "papers.publish_paper")


def is_allowed(user: User, permission: str) -> bool:
    """Whether someone may enter the desk, and has a permission there."""
    return bool(user.is_active and user.is_staff and user.has_perm(permission))
