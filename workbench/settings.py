"""Django's settings, all of them derived from `workbench.env`. The README lists every variable.

Nothing here has an unsafe default: without SECRET_KEY there is no start, DEBUG is off, and cookies and redirects follow
the scheme of BASE_URL.
"""

from datetime import timedelta
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from workbench.env import ROOT, VAR, env, named

SECRET_KEY = env.str("SECRET_KEY")
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
DEMO_PASSWORD = env.str(
    "DEMO_PASSWORD", default=""
)  # set: the demo people have it, and the sign-in page does not say it
BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]", urlsplit(BASE_URL).hostname or ""]
)
IS_SECURE = urlsplit(BASE_URL).scheme == "https"

INSTALLED_APPS = [
    "annotations.apps.AnnotationsConfig",
    "annotations.admin.apps.WorkbenchAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "annotations.web.middleware.CompressPages",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "annotations.web.middleware.InTheirLanguage",  # behind the person, whose choice it is
    "annotations.web.middleware.SignInFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "annotations.web.middleware.WebMiddleware",
]

ROOT_URLCONF = "workbench.urls"
WSGI_APPLICATION = "workbench.wsgi.application"
ASGI_APPLICATION = "workbench.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# -- database ---------------------------------------------------------------------------------------------------------

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR / 'workbench.sqlite3'}")}
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a transaction that reads first and then writes fails at once under DEFERRED, whatever the timeout.
    # recursive_triggers: without it INSERT OR REPLACE deletes rows behind the back of the append-only triggers.
    synchronous = env.str("SQLITE_SYNCHRONOUS", default="FULL")
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (f"PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous}; PRAGMA recursive_triggers=ON;"),
    }

# -- people -----------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "annotations.Person"
KNOX_TOKEN_MODEL = "annotations.Token"  # noqa: S105 - the name of a model, no secret
# Our own table stands in; knox's migrations would still make theirs, and it would stop a flush on PostgreSQL.
MIGRATION_MODULES = {"knox": None}
LOGIN_URL = "web:sign_in"
LOGIN_REDIRECT_URL = "web:queue"
CSRF_FAILURE_VIEW = "annotations.web.errors.form_too_old"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Without EMAIL_URL a mail is printed where the server was started. The link in it begins with BASE_URL.
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default=f"workbench@{urlsplit(BASE_URL).hostname or 'localhost'}")

# -- the API ----------------------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "annotations.api.authentication.BearerAuthentication",
        "annotations.api.authentication.SessionWithCsrf",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["annotations.api.rendering.OrjsonRenderer"],
    "DEFAULT_PARSER_CLASSES": ["annotations.api.parsing.JsonParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "annotations.api.errors.problem_response",
    "URL_FORMAT_OVERRIDE": None,
}
REST_KNOX = {
    "AUTH_HEADER_PREFIX": "Bearer",
    "TOKEN_TTL": None,
    "TOKEN_MODEL": KNOX_TOKEN_MODEL,
    "AUTO_REFRESH": False,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Workbench API",
    "DESCRIPTION": "Articles, annotations, claims, evidence and disputes as structured records.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVERS": [{"url": BASE_URL}],
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "POSTPROCESSING_HOOKS": [],  # words stay with their field instead of in components that it would have to name
}

# -- background work --------------------------------------------------------------------------------------------------

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
JOB_SILENCE_SECONDS = env.int("JOB_SILENCE_SECONDS", default=60)  # after which a running job's worker counts as dead
# The models outside that recommenders may ask: "host:port, host:port". None unless the operator names them.
RECOMMENDER_HOSTS = env.list("RECOMMENDER_HOSTS", default=[])
RECOMMENDER_TOKENS = named("RECOMMENDER_TOKEN_")  # by host and port: RECOMMENDER_TOKEN_LOCALHOST_9090
# Saved copies of sources: the largest, and after how long a watched address is fetched again.
COPY_LARGEST_BYTES = env.int("COPY_LARGEST_MB", default=50) * 1024 * 1024
WATCH_HOURS = env.int("WATCH_HOURS", default=24)
# Set by tests alone, on purpose from no variable: another way to look names up, and (address, port) that are allowed.
FETCH_RESOLVER = None
FETCH_EXCEPTIONS: frozenset[tuple[str, int]] = frozenset()

# -- language, time, files --------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ar", "العربية"), ("fa", "فارسی")]  # each in its own words
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
USE_I18N = True
USE_TZ = True
STATIC_URL = "static/"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "workbench.bundles.BundleFinder",
]
BUNDLE_ROOT = env.path("BUNDLE_ROOT", default=str(VAR / "bundles"))
SHEETS = [f"annotations/css/{name}.css" for name in ("base", "labels", "parts", "talk")]
BUNDLES = {  # a page's script and style sheet, and the modules and sheets they are made of
    "annotations/js/site.bundle.js": [f"annotations/js/{name}.js" for name in ("site", "talking", "waiting_list")],
    "annotations/js/annotate.bundle.js": ["annotations/js/site.js", "annotations/js/annotate.js"],
    "annotations/js/remark.bundle.js": [f"annotations/js/{name}.js" for name in ("site", "remark", "waiting_list")],
    "annotations/css/site.bundle.css": SHEETS,
    "annotations/css/report.bundle.css": [
        "annotations/css/base.css",
        "annotations/css/parts.css",
        "annotations/css/pictures.css",
        "annotations/css/report.css",
    ],
    "annotations/css/annotate.bundle.css": [
        f"annotations/css/{name}.css" for name in ("base", "labels", "parts", "annotate")
    ],
    "annotations/js/tools.bundle.js": ["annotations/js/tools.js"],
    "annotations/css/tools.bundle.css": [
        f"annotations/css/{name}.css" for name in ("talk", "handles", "finding", "arcs", "suggestions")
    ],
}
BUNDLE_BASES = {  # a bundle that a page loads later takes what it shares from the one that the page began with
    "annotations/js/tools.bundle.js": "annotations/js/annotate.bundle.js",
}
STATIC_ROOT = env.path("STATIC_ROOT", default=str(VAR / "static"))
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site is meant to fetch our scripts
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(VAR / "media"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": env.str("STATICFILES_STORAGE", default="whitenoise.storage.CompressedManifestStaticFilesStorage")
    },
}
# Server-sent events tell open pages when to look. Only behind an ASGI server: one with threads gives one to each page.
LIVE_STREAM = env.bool("LIVE_STREAM", default=False)
DATA_UPLOAD_MAX_MEMORY_SIZE = 24 * 1024 * 1024  # 5 million code points of four bytes, and the form around them

# -- safety -----------------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = IS_SECURE
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if IS_SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_SECURE
SECURE_HSTS_PRELOAD = IS_SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [BASE_URL] if IS_SECURE else []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
