"""Settings for every environment; docs/configuration.md lists each variable."""

from pathlib import Path

from yearreview import env
from yearreview.release import digest

BASE_DIR = Path(__file__).resolve().parent.parent
# Everything that has to survive an update is in this one folder.
DATA_DIR = env.folder("DATA_DIR", BASE_DIR / "var")

# Security: the defaults are the safe ones, for a site on this machine alone.
DEBUG = env.flag("DEBUG", default=False)
SECRET_KEY = env.secret("SECRET_KEY", DATA_DIR / "secret-key")
LOOPBACK = "localhost,127.0.0.1,[::1]"
ALLOWED_HOSTS = env.items("ALLOWED_HOSTS", LOOPBACK)
# A site with a name of its own is served over HTTPS unless it says otherwise.
HTTPS = env.flag("HTTPS", default=not set(ALLOWED_HOSTS) <= set(LOOPBACK.split(",")))
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
# Whether the headers are believed in which a proxy says who asked, and how.
BEHIND_PROXY = env.flag("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Whom /.well-known/security.txt names; without one there is no such page.
SECURITY_CONTACT = env.contact("SECURITY_CONTACT")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Django 6's own setting, read by our middleware until we are there.
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
# The largest form is an entry with all its texts; a picture is checked on its own.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

# Application
INSTALLED_APPS = [
    "papers",
    "markdownx",
    "yearreview.desk.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "yearreview.head.HeadMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "yearreview.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "yearreview.urls"
WSGI_APPLICATION = "yearreview.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Data
DATABASES = {
    "default": env.database("DATABASE_URL", f"sqlite:///{DATA_DIR / 'db.sqlite3'}"),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Files
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Pictures as they were made; readers get them at the sizes of their windows.
    "originals": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "originals"},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_PERMISSIONS = 0o644

# Time and language
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False

# Which build this is; part of every ETag, so a deploy refreshes every page.
RELEASE = env.text("RELEASE", "") or digest(BASE_DIR)

# Markdown: the admin preview and the public page share one renderer.
MARKDOWNX_MARKDOWNIFY_FUNCTION = "papers.rendering.render_preview"

# Catalogues: who is asked when an editor adds a paper by its identifier.
CATALOGUES = {
    "arxiv": env.address("ARXIV_URL", "https://export.arxiv.org"),
    "crossref": env.address("CROSSREF_URL", "https://api.crossref.org"),
    "datacite": env.address("DATACITE_URL", "https://api.datacite.org"),
}
# Seconds between two requests to a catalogue that asks for a pace.
CATALOGUE_PACE = {"arxiv": env.seconds("ARXIV_PACE", "3")}
# Whom they can write to; Crossref answers sooner to those who say.
CATALOGUE_CONTACT = env.contact("CATALOGUE_CONTACT")

# What happens goes to standard error, where a service manager collects it.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "papers": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # What is wrong with BibTeX is told to the editor who pasted it.
        "bibtexparser": {"level": "CRITICAL"},
        "pylatexenc": {"level": "CRITICAL"},
    },
}
