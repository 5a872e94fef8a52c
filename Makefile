# What one does with Fagrom, from a clone. `make help` lists it.
# Stamps lie inside what they vouch for (.venv/, static/): deleting the folder deletes the stamp.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet
DEMO ?= 1

PYTHON_SOURCES := wiki tests scripts migrations
CATALOGUES := $(wildcard wiki/translations/*/LC_MESSAGES/*.po)
COMPILED := $(CATALOGUES:.po=.mo)
FRONTEND_SOURCES := $(shell find static \( -name node_modules -o -path static/dist \) -prune -o -type f -print 2>/dev/null)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check format lock frontend migrate revision bench relevance translations wheel screenshots clean \
	browser postgres ruff types imports templates architecture

##@ Use

run: $(VENV)/.run $(COMPILED) static/dist/.built ## Serve the wiki with its demo network on http://127.0.0.1:8000 (PORT=…, DEMO=0)
	@exec env FAGROM_DEMO="$${FAGROM_DEMO:-$(DEMO)}" $(BIN)/fagrom run --prepare

migrate: $(VENV)/.run ## Bring the database of instance/ to the newest migration
	@$(BIN)/fagrom db upgrade

clean: ## Remove everything that is built; instance/ stays
	rm -rf $(VENV) static/node_modules static/dist dist build .mypy_cache .ruff_cache .pytest_cache \
		.import_linter_cache .hypothesis .make wiki/translations/*/LC_MESSAGES/*.mo
	find wiki tests scripts migrations -name __pycache__ -type d -prune -exec rm -rf {} +

##@ Develop

test: $(VENV)/.dev $(COMPILED) static/dist/.built browser ## Run every test; ARGS='tests/documents -x' runs a part
	@$(BIN)/pytest -n 2 --dist loadfile $(or $(ARGS),tests)

check: ruff types imports templates architecture ## Everything that is checked without running the product

format: $(VENV)/.dev ## Format the Python code
	@$(BIN)/ruff format $(PYTHON_SOURCES)
	@$(BIN)/ruff check --fix --quiet $(PYTHON_SOURCES)

frontend: static/dist/.built ## Build styles, scripts, icons and fonts when their sources changed

translations: $(VENV)/.dev ## Read new texts out of the sources into the nn and en catalogues, and compile them
	@$(BIN)/python scripts/catalogues.py update
	@$(BIN)/pybabel -q compile -d wiki/translations

revision: $(VENV)/.dev ## Write the next numbered migration from the models (NAME='what changes')
	@$(BIN)/alembic revision --autogenerate -m "$(NAME)"

bench: $(VENV)/.dev static/dist/.built ## Measure page view, search, save and import against a bare Flask page
	@$(BIN)/python -m tests.load.bench $(ARGS)

relevance: $(VENV)/.dev ## Measure how well search ranks ../shared/corpus, beside plain methods (ARGS='--ours' leaves them out)
	@$(BIN)/python -m tests.relevance $(ARGS)

screenshots: $(VENV)/.dev $(COMPILED) static/dist/.built browser ## Take the README's screenshots anew, from the demo network
	@FAGROM_SCREENSHOTS=docs/screenshots $(BIN)/pytest -q -m browser -k screenshot tests/browser

wheel: $(VENV)/.dev $(COMPILED) static/dist/.built ## Build the wheel and prove that it runs outside the checkout
	@rm -rf dist && $(PIP) wheel --no-deps --no-build-isolation --wheel-dir dist .
	@$(BIN)/python scripts/prove_wheel.py dist

lock: $(VENV)/.dev ## Resolve the dependencies of pyproject.toml anew into requirements/
	@$(PIP) install 'uv>=0.13'
	@$(BIN)/python scripts/lock.py

# --- the parts of `make check` ----------------------------------------------------------------------------------------

ruff: $(VENV)/.dev
	@$(BIN)/ruff format --check --quiet --diff $(PYTHON_SOURCES) || { echo "run make format"; exit 1; }
	@$(BIN)/ruff check --quiet $(PYTHON_SOURCES)
	@echo "ruff: formatted, nothing found"

types: $(VENV)/.dev
	@$(BIN)/mypy

imports: $(VENV)/.dev
	@$(BIN)/lint-imports --no-logo

templates: $(VENV)/.dev
	@$(BIN)/djlint --quiet --lint templates

architecture: $(VENV)/.dev $(COMPILED)
	@$(BIN)/pytest -q tests/architecture

# --- what the targets stand on ----------------------------------------------------------------------------------------

$(BIN)/python:
	@for candidate in $(PYTHON) python3 python3.13 python3.12 python3.11; do \
		if $$candidate -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			echo "Making $(VENV) with $$($$candidate --version)"; exec $$candidate -m venv $(VENV); \
		fi; \
	done; \
	echo "Fagrom needs Python 3.11 or newer with its venv module (Debian and Ubuntu: apt install python3-venv)."; \
	echo "make PYTHON=/path/to/python3 names one."; exit 1

$(VENV)/.run: requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "Installing what Fagrom runs on"
	@$(PIP) install --require-hashes -r requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	@echo "Installing what tests and checks need"
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

%.mo: %.po | $(VENV)/.run
	@$(BIN)/pybabel -q compile -i $< -o $@

static/dist/.built: $(FRONTEND_SOURCES) | $(VENV)/.run
	@echo "Building the front end"
	@$(BIN)/python scripts/frontend.py
	@touch $@

browser:
	@command -v chromium chromium-browser google-chrome >/dev/null 2>&1 || scripts/apt_install chromium fonts-liberation

postgres:
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || scripts/apt_install postgresql

##@ Help

help: ## This list
	@awk 'BEGIN {FS = ":.*## "} \
		/^##@/ {printf "\n%s\n", substr($$0, 5)} \
		/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
