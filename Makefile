# Everything a machine with Python 3.11 (or newer) and make needs to try, test and measure Hakawati.
# `make` alone lists what there is. Each target first makes what it needs; a second run makes nothing.

.DEFAULT_GOAL := help
.PHONY: help install practice test test-all faults check coverage bench pictures lock clean

VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.run-installed
DEV := $(VENV)/.dev-installed
PYTEST := $(BIN)/python -m pytest
# As many tests side by side as there are cores, but no more than four: they start real servers and browsers.
SIDE_BY_SIDE := -n auto --maxprocesses 4 --dist worksteal
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check install

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):[^#]*## (.*)/  make \1|\2/' | awk -F'|' '{printf "%-16s %s\n", $$1, $$2}'

install: $(RUN) ## what it needs to run, into .venv

practice: $(RUN) ## try it: the bot and a practice workspace, at one address in your browser
	@$(BIN)/hakawati practice $(ARGS)

test: $(DEV) ## the tests, in under ten minutes
	@$(PYTEST) $(SIDE_BY_SIDE) -m "not long" $(ARGS)

test-all: $(DEV) ## every test: both transports, both databases
	@$(PYTEST) $(SIDE_BY_SIDE) $(ARGS)

faults: $(DEV) ## kill it, cut it off, take its guards away: what is said unasked, on both databases
	@FAULTS_SECONDS=$${FAULTS_SECONDS:-600} $(PYTEST) -s tests/faults $(ARGS)

check: $(DEV) ## style, types, and who may import whom
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

coverage: $(DEV) ## which lines and branches the tests run: a report in build/coverage
	@$(PYTEST) $(SIDE_BY_SIDE) -m "not long" --cov --cov-report=term:skip-covered --cov-report=html $(ARGS)

bench: $(DEV) ## how fast it is, as ratios to a floor measured beside it
	@$(BIN)/python -m bench $(ARGS)

pictures: $(DEV) ## take the pictures of the README again, in a Chromium
	@PICTURES=docs/pictures $(PYTEST) tests/browser/test_whole_story.py tests/browser/test_programme.py

lock: $(DEV) ## pin the dependencies again, with hashes
	@./requirements/lock

clean: ## throw away the virtual environment and every cache
	rm -rf $(VENV) .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache build *.egg-info

# The stamps stand inside the virtual environment: whoever deletes it deletes them.
$(BIN)/python:
	@./requirements/venv $(VENV)

$(RUN): $(BIN)/python requirements/run.txt pyproject.toml
	@echo "Installing what Hakawati needs …"
	@$(PIP) --require-hashes -r requirements/run.txt
	@$(PIP) --no-deps --no-build-isolation --no-index --editable .
	@touch $@

$(DEV): $(RUN) requirements/dev.txt
	@echo "Installing what its tests and checks need …"
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@
