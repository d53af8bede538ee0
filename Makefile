# `make run` and `make test` set up what they need; repeat runs start at once.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet
PORT ?= 7860

EVALS := .venv-evals

.PHONY: run test lint check bench mutants lock samples clean evals test-evals gate baseline

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

# The evaluation suites stand in an environment of their own: inspect-ai holds back packages of the application's.
evals: $(EVALS)/.evals

test-evals: $(EVALS)/.evals $(VENV)/.dev
	$(EVALS)/bin/python -m pytest tests/evals
	$(BIN)/python -m pytest tests/browser/test_viewer.py

gate: $(EVALS)/.evals
	$(EVALS)/bin/mingzhang eval run
	$(EVALS)/bin/mingzhang eval gate

baseline: $(EVALS)/.evals
	$(EVALS)/bin/mingzhang eval run
	$(EVALS)/bin/mingzhang eval baseline

# Mutants of service/checks that the checker's tests do not notice, in mutants/survivors.tsv; MUTANTS='--sample 400' for a sample.
mutants: $(VENV)/.dev
	$(BIN)/python -m tests.mutation $(MUTANTS)

# Pins with hashes and without registry hosts. Ranges are in pyproject.toml; the lock is what is installed.
lock:
	uv lock
	uv export --quiet --no-dev --no-emit-project --no-header --no-annotate -o requirements.lock
	uv export --quiet --no-emit-project --no-header --no-annotate -o requirements-dev.lock
	uv export --quiet --no-dev --extra evals --group evals --no-emit-project --no-header --no-annotate -o requirements-evals.lock

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

$(EVALS)/.evals: requirements-evals.lock pyproject.toml
	@echo "正在安装评测环境（首次约两分钟）… / installing the evaluation environment (about two minutes the first time)…"
	test -x $(EVALS)/bin/pip || $(PYTHON) -m venv $(EVALS)
	$(EVALS)/bin/pip --disable-pip-version-check --quiet install --require-hashes -r requirements-evals.lock
	$(EVALS)/bin/pip --disable-pip-version-check --quiet install --no-deps --editable .
	@touch $@

clean:
	rm -rf $(VENV) $(EVALS) mutants .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
