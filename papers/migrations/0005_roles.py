"""The roles of an editorial team, as groups that an operator puts people into."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

EVERYTHING = ("add", "change", "delete", "view")
CONTENT = (
    "author",
    "claim",
    "contentversion",
    "figure",
    "formeraddress",
    "link",
    "paper",
    "papertag",
    "record",
    "review",
    "revision",
    "searchdocument",
    "section",
    "tag",
    "tagalias",
)


def each(models, *actions):
    return {f"{action}_{model}" for model in models for action in actions}


CONTRIBUTOR = each(CONTENT, "view") | {"add_paper", "change_paper"}
EDITOR = (
    CONTRIBUTOR | {"change_any_paper"} | each(("tag", "tagalias"), "add", "change")
)
PUBLISHER = (
    EDITOR
    | {"publish_paper", "delete_paper"}
    | each(("review",), "add", "change")
    | each(("tag", "tagalias"), "delete")
)
ADMINISTRATOR = PUBLISHER | each(CONTENT, *EVERYTHING)
ROLES = {
    "Contributor": {"papers": CONTRIBUTOR},
    "Editor": {"papers": EDITOR},
    "Publisher": {"papers": PUBLISHER},
    "Administrator": {
        "papers": ADMINISTRATOR,
        "auth": each(("user", "group"), *EVERYTHING),
        "admin": {"view_logentry"},
    },
}


def make_roles(apps, schema_editor):
    """Add the permissions to the groups; one that is there keeps what it has."""
    using = schema_editor.connection.alias
    for label in ("papers", "auth", "admin"):
        make_permissions(apps, label, using)
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    groups = apps.get_model("auth", "Group").objects.using(using)
    for name, granted in ROLES.items():
        group, _ = groups.get_or_create(name=name)
        for label, codenames in granted.items():
            found = permissions.filter(
                content_type__app_label=label, codename__in=codenames
            )
            group.permissions.add(*found)


def make_permissions(apps, label, using):
    """Make those that Django makes itself only after the last migration."""
    config = apps.get_app_config(label)
    known = getattr(config, "models_module", None)
    # Django passes over an app without models, which is what a past state looks like.
    config.models_module = known or True
    create_permissions(config, verbosity=0, using=using, apps=apps)
    config.models_module = known


class Migration(migrations.Migration):
    dependencies = [
        ("papers", "0004_revisions"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        # Back again they stay: people may be in them, and another use may be made of them.
        migrations.RunPython(make_roles, migrations.RunPython.noop)
    ]
