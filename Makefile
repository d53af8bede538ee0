# `make run` and `make test` set up what they need; repeat runs start at once.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet
PORT ?= 7860

.PHONY: run test lint check bench mutants lock samples clean

run: $(VENV)/.run
	$(BIN)/mingzhang ingest samples
	$(BIN)/mingzhang serve --port $(PORT)

test: $(VENV)/.dev
	$(BIN)/python -m pytest

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint test

bench: $(VENV)/.dev
	$(BIN)/python -m evals.speed

# Mutants of service/checks that the checker's tests do not notice, by name; all of them, or those of MUTANTS='service.checks.rates*'.
mutants: $(VENV)/.dev
	$(PIP) install mutmut==3.8.1
	$(BIN)/mutmut run $(MUTANTS)
	$(BIN)/mutmut results

# Pins with hashes and without registry hosts. Ranges are in pyproject.toml; the lock is what is installed.
lock:
	uv lock
	uv export --quiet --no-dev --no-emit-project --no-header --no-annotate -o requirements.lock
	uv export --quiet --no-emit-project --no-header --no-annotate -o requirements-dev.lock

samples: $(VENV)/.run
	$(BIN)/python -m samples.make

$(VENV)/bin/pip:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "mingzhang needs Python 3.11 or newer: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/bin/pip
	@echo "正在安装依赖（首次约两分钟）… / installing dependencies (about two minutes the first time)…"
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(VENV)/bin/pip
	@echo "正在安装依赖（首次约两分钟）… / installing dependencies (about two minutes the first time)…"
	$(PIP) install --require-hashes -r requirements-dev.lock
	$(PIP) install --no-deps --editable .
	@touch $@ $(VENV)/.run

clean:
	rm -rf $(VENV) mutants .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
