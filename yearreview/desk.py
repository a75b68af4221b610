from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin, with the board as its first screen."""

    default_site = "papers.desk.Desk"
