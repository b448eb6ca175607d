# A thin index: each target is one thing to do, and one line or two to do it. Python 3.11, git and make are enough.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PORT ?= 8000
PYTHON = $(shell for p in python3.11 python3 python3.12 python3.13; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
FOR_TESTS := DJANGO_SETTINGS_MODULE=tests.settings
DEPLOYED := DATABASE_URL=sqlite://:memory: BASE_URL=https://workbench.example \
	SECRET_KEY=a-stand-in-of-the-length-and-variety-that-a-real-one-has-0123456789
INSTALL = $(or $(PYTHON),$(error Python 3.11 or newer is needed and was not found)) requirements/install.py

.PHONY: help setup base learn demo test check format bench messages lock screenshots

help: ## this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 24

setup: ## the environment in .venv, with everything for tests and checks
	@$(INSTALL) dev

base:
	@$(INSTALL) base

learn: ## the environment with what the recommender that learns needs besides (scikit-learn)
	@$(INSTALL) learn

demo: base ## a running workbench with the seeds and the demo people (PORT=8000)
	@exec $(BIN)/python manage.py demo --port $(PORT)

test: setup ## every test: SQLite, PostgreSQL, Chromium (ARGS="-k name", ONLY="sqlite browser")
	@$(BIN)/python -m tests.run $(ONLY) $(if $(ARGS),-- $(ARGS))

check: setup ## style, types, layers, migrations, templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(FOR_TESTS) $(BIN)/python manage.py makemigrations --check --dry-run
	$(DEPLOYED) $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(BIN)/python -m pytest -q -p no:playwright tests/house

format: setup ## rewrite the code in the house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup ## the measurements, on SQLite and on PostgreSQL
	@$(BIN)/python -m tests.run bench

messages: setup ## gather what is to be translated, and compile the catalogues in locale/
	@$(FOR_TESTS) $(BIN)/python -m tests.catalogues

lock: ## resolve requirements/*.in anew (UPGRADE=1: take newer versions)
	@$(INSTALL) uv
	@for name in uv base postgres learn dev; do $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
		--generate-hashes --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade) \
		requirements/$$name.in --output-file requirements/$$name.txt || exit 1; done
	@! grep -nE '://|^--|file:' requirements/*.txt || { echo "A lock names a host or a path."; exit 1; }

screenshots: setup ## take the README's pictures again
	@$(BIN)/python -m tests.browser.screenshots
