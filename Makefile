# The whole life of the site in a few words: make run, make test, make check.
.DEFAULT_GOAL := help
.PHONY: help install run test check browser format lock clean

PYTHON ?= $(shell command -v python3.11 || command -v python3)
HOST ?= 127.0.0.1
PORT ?= 8000
DATA_DIR ?= var
export DATA_DIR

BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
PYTEST := $(BIN)/python -m pytest
RUNS := .venv/.runs
TESTS := .venv/.tests
VNU := 26.9.27
CHECKER := .venv/.vnu-$(VNU)
STATIC := $(DATA_DIR)/static/staticfiles.json
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

help: ## Show these commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

install: $(RUNS) ## Make .venv and install what the site runs on

$(RUNS): requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 is needed: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing into .venv ..."
	@$(PIP) install --require-hashes --no-deps -r requirements.txt
	@touch $@

$(TESTS): requirements-dev.txt $(RUNS)
	@echo "Installing the test tools into .venv ..."
	@$(PIP) install --require-hashes --no-deps -r requirements-dev.txt
	@touch $@

# Its scripts are left out: one would download a Java where it finds none.
$(CHECKER): | $(RUNS)
	@command -v npm >/dev/null || { echo "npm is needed for the HTML checker, and a Java runtime to run it."; exit 1; }
	@echo "Installing the HTML checker into .venv ..."
	@npm install --prefix .venv/npm --no-save --no-audit --no-fund --ignore-scripts vnu-jar@$(VNU) >/dev/null
	@touch $@

$(STATIC): $(RUNS) $(shell find static -type f)
	@$(MANAGE) collectstatic --noinput --clear --verbosity 0
	@touch $@

run: install $(STATIC) ## Start the site on http://127.0.0.1:8000 with the 2024 review
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) prepare
	@echo "Year in Review: http://$(HOST):$(PORT)/ (stop with Ctrl+C)"
	@exec $(BIN)/gunicorn yearreview.wsgi --bind $(HOST):$(PORT) --workers 2 --threads 4 --no-control-socket --log-level warning

test: $(TESTS) ## Run the tests, without a browser: make test T=tests/test_views.py
	@DATA_DIR=.venv/tests $(PYTEST) -q -n auto --ignore=tests/browser $(T)

browser: $(TESTS) $(CHECKER) ## Run the journeys in Debian's Chromium, check markup and links
	@DATA_DIR=.venv/tests $(PYTEST) -q -n 2 tests/browser

check: export DATA_DIR = .venv/tests
check: $(TESTS) ## What CI runs: format, lint, layers, types, migrations, tests with coverage
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	git ls-files 'templates/*.html' | xargs $(BIN)/djade --check
	$(BIN)/lint-imports
	$(BIN)/mypy --cache-dir=/dev/null
	$(MANAGE) makemigrations --check --dry-run
	$(PYTEST) -q -n auto --ignore=tests/browser --cov

format: $(TESTS) ## Rewrite code and templates in the house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	git ls-files 'templates/*.html' | xargs $(BIN)/djade

lock: $(TESTS) ## Choose new versions within pyproject.toml's bounds, with their hashes
	$(PIP) install pip-tools
	$(BIN)/pip-compile -q --upgrade --strip-extras --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate -o requirements.txt pyproject.toml
	$(BIN)/pip-compile -q --upgrade --strip-extras --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml

clean: ## Remove .venv and caches; the site's data in var/ stays
	rm -rf .venv .pytest_cache .ruff_cache .mypy_cache .hypothesis .coverage
