# Everything a machine with Python 3.11 (or newer) and make needs to try, test and measure Hakawati.
# `make` alone lists the targets. Each target first makes what it needs; a second run makes nothing.

.DEFAULT_GOAL := help
.PHONY: help install practice test test-all faults check coverage bench pictures lock clean

VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.run-installed
DEV := $(VENV)/.dev-installed
PYTEST := $(BIN)/python -m pytest
# One test process per core, at most four: the tests start real servers and browsers.
PARALLEL := -n auto --maxprocesses 4 --dist worksteal
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check install

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):[^#]*## (.*)/  make \1|\2/' | awk -F'|' '{printf "%-16s %s\n", $$1, $$2}'

install: $(RUN) ## install what the bot needs to run, into .venv

practice: $(RUN) ## try it: the bot and a practice workspace, at one address in your browser
	@$(BIN)/hakawati practice $(ARGS)

test: $(DEV) ## the tests, in under ten minutes
	@$(PYTEST) $(PARALLEL) -m "not long" $(ARGS)

test-all: $(DEV) ## every test: both transports, both databases
	@$(PYTEST) $(PARALLEL) $(ARGS)

faults: $(DEV) ## kill it, cut it off, remove its guards: proactive messages, on both databases
	@FAULTS_SECONDS=$${FAULTS_SECONDS:-600} $(PYTEST) -s tests/faults $(ARGS)

check: $(DEV) ## style, types, imports between packages, and dead code
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/vulture

coverage: $(DEV) ## which lines and branches the tests run: a report in build/coverage
	@$(PYTEST) $(PARALLEL) -m "not long" --cov --cov-report=term:skip-covered --cov-report=html $(ARGS)

bench: $(DEV) ## how fast it is, as ratios to a floor measured in the same run
	@$(BIN)/python -m bench $(ARGS)

pictures: $(DEV) ## take the pictures of the README again, in a Chromium
	@PICTURES=docs/pictures $(PYTEST) tests/browser/test_whole_story.py tests/browser/test_programme.py

lock: $(DEV) ## pin the dependencies again, with hashes
	@./requirements/lock

clean: ## throw away the virtual environment and every cache
	rm -rf $(VENV) .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache build *.egg-info

# The stamps are inside the virtual environment, so deleting it deletes them.
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
