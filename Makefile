# Everything a person or CI does with this checkout. `make` alone lists it.
#
# SERVE=0     make demo ends after writing its files
# PACKAGES=0  leaves the system's packages alone
# PYTHON=…    the interpreter that .venv is made with
# ARGS=…      more for pytest or the benchmarks
# HISTORIES=… how many histories make attack invents
# UPGRADE=1   make lock takes the newest versions

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
NPM := $(BIN)/npm --ignore-scripts --no-audit --no-fund --loglevel=error
UV := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-annotate --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c
.DELETE_ON_ERROR:
.NOTPARALLEL:

.PHONY: help
help:
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: demo
demo: packages-run .venv/stamp-run catalogues  ## the sample district: posters, sheets, and a server to click through
	$(BIN)/survey-app demo --directory var/demo $(if $(filter 0,$(SERVE)),--no-serve)

.PHONY: test
test: packages-run packages-test .venv/stamp-dev .venv/npm/tests/stamp catalogues  ## the whole suite: units, SQLite, PostgreSQL, browser
	$(BIN)/pytest -n auto $(ARGS)

.PHONY: attack
attack: .venv/stamp-dev catalogues  ## HISTORIES=1000000 random histories against disclosure control, 100,000 foreign ids against the staff pages
	$(BIN)/python -m tests.attack $(or $(HISTORIES),1000000)
	MITREDEN_ATTEMPTS=100000 $(BIN)/pytest -n auto tests/web/staff/test_foreign.py $(ARGS)

.PHONY: check
check: check-format check-code check-types check-templates check-catalogues check-questionnaires check-networks  ## format, ruff, mypy, templates, translations, questionnaires, help cards (-k: all of them, in spite of errors)

.PHONY: pictures
pictures: packages-run packages-test .venv/stamp-dev catalogues  ## every page as a picture in var/pictures, for people to look at
	MITREDEN_PICTURES=1 $(BIN)/pytest -n auto tests/web/test_accessibility.py tests/web/staff/test_accessibility_of_staff.py $(ARGS)

.PHONY: bench
bench: packages-run packages-bench .venv/stamp-dev .venv/npm/benchmarks/stamp catalogues  ## measure the targets of benchmarks/README.md, into benchmarks/RESULTS.md
	$(BIN)/python -m benchmarks $(ARGS)

.PHONY: format
format: .venv/stamp-dev  ## bring the code into the one format
	$(BIN)/ruff check --fix-only --quiet
	$(BIN)/ruff format --quiet

.PHONY: messages
messages: .venv/stamp-dev  ## take new sentences of the code into translations/
	$(BIN)/python scripts/catalogues.py update

.PHONY: lock
lock: .venv/stamp-dev  ## pin what pyproject.toml asks for into the lock files
	$(UV) --group build --output-file requirements.lock
	$(UV) --group dev --constraint requirements.lock --output-file requirements-dev.lock
	$(BIN)/python scripts/npm_locks.py
	@! grep -nE '://|^--|^#.*/' requirements.lock requirements-dev.lock */npm/package-lock.json || { echo "A lock file names a host or a path. Take the line out of the options of uv or npm." >&2; exit 1; }

.PHONY: wheel
wheel: .venv/stamp-dev  ## build dist/mitreden-….whl
	$(BIN)/hatchling build --target wheel

.PHONY: clean
clean:  ## remove what make has made, except the data below var/
	rm -rf .venv build dist .coverage* .hypothesis .mypy_cache .pytest_cache .ruff_cache
	rm -f translations/*/LC_MESSAGES/*.mo
	find . -name __pycache__ -prune -exec rm -rf {} +

# ---- the single checks ----

.PHONY: check-format check-code check-types check-templates check-catalogues check-questionnaires check-networks
check-format: .venv/stamp-dev
	$(BIN)/ruff format --check --quiet --diff
check-code: .venv/stamp-dev
	$(BIN)/ruff check --quiet
check-types: .venv/stamp-dev
	$(BIN)/mypy
check-templates: .venv/stamp-dev
	$(BIN)/djlint --lint --quiet survey_app
check-catalogues: .venv/stamp-dev
	$(BIN)/python scripts/catalogues.py check
check-questionnaires: .venv/stamp-dev
	$(BIN)/survey-app questionnaires check
check-networks: .venv/stamp-dev
	$(BIN)/survey-app networks check

# ---- what the targets stand on ----

.PHONY: packages-run packages-test packages-bench
packages-run packages-test packages-bench: packages-%: python-version
	@$(if $(filter 0,$(PACKAGES)),:,PYTHON=$(PYTHON) scripts/system-packages $*)

.PHONY: python-version
python-version:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	echo "Mitreden braucht Python 3.11 oder neuer; „$(PYTHON)“ ist $$($(PYTHON) --version 2>/dev/null || echo nicht da)." >&2; \
	echo "Bitte ein neueres installieren und nennen: make PYTHON=/pfad/zu/python3.12 …" >&2; exit 1; }

.PHONY: catalogues
catalogues:
	@$(BIN)/python scripts/catalogues.py compile

$(BIN)/python: | packages-run
	@echo "→ .venv wird angelegt."
	$(PYTHON) -m venv .venv

.venv/stamp-run: requirements.lock pyproject.toml hatch_build.py | $(BIN)/python
.venv/stamp-dev: requirements-dev.lock pyproject.toml hatch_build.py | $(BIN)/python
.venv/stamp-%:
	@echo "→ Python-Pakete aus $< werden installiert (beim ersten Mal etwa eine Minute)."
	@awk '/^[a-z]/ { keep = /^setuptools==/ } keep' $< > .venv/setuptools.lock
	@$(PIP) install --quiet --require-hashes -r .venv/setuptools.lock
	@$(PIP) install --use-pep517 --no-build-isolation --require-hashes -r $< | sed -u '/^Requirement already satisfied\|^Ignoring .*markers/d'
	@$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@

# Two checks want a program that is written in another language. npm comes from requirements-dev.lock
# too. Without its registry the rest still runs: the test is skipped, in CI it fails.
.venv/npm/%/stamp: %/npm/package.json %/npm/package-lock.json | .venv/stamp-dev
	@echo "→ npm-Pakete aus $(<D) werden installiert."
	@mkdir -p $(@D) && cp $^ $(@D)
	@$(NPM) ci --prefix $(@D) && touch $@ || echo "  Das ging nicht; es geht ohne sie weiter." >&2
