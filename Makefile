# `make` lists what there is to do. What needs .venv sets it up when it is missing or stale.
PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help run test test-all check lint format types imports style bench docs lock wheel clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/run.stamp: requirements.txt requirements.lock
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install -c requirements.lock -r requirements.txt
	$(BIN)/python -m ramp155 verdicts --draws 50 >/dev/null  # compiles the model once, for every start after
	$(BIN)/python -m ui.prepare >/dev/null  # opens every page and keeps what it was answered
	touch $@

$(VENV)/test.stamp: requirements-dev.txt $(VENV)/run.stamp
	$(PIP) install -c requirements.lock -r requirements-dev.txt
	touch $@

run: $(VENV)/run.stamp ## serve the app on http://localhost:8501 (another port: make run PORT=8600)
	$(BIN)/python -m streamlit run app.py --server.port $(PORT)

QUICK := -m "not nightly and not peer"

test: $(VENV)/test.stamp check lint imports types ## what a change must pass: the record, the style, every test
	$(BIN)/python -m pytest -n 2 --dist worksteal $(QUICK) $(COVER) tests/unit tests/app tests/snapshots
	$(BIN)/python -m pytest -n 2 --dist loadgroup $(QUICK) tests/browser

# Lines and branches are counted at night: that nearly doubles the time.
test-all: COVER := --cov --cov-report=term:skip-covered
test-all: QUICK :=
test-all: test ## test with the nightly and the peer tests too

check: $(VENV)/run.stamp ## validate the record and audit what it says
	$(BIN)/python -m ramp155 check
	$(BIN)/python -m ramp155 audit

lint: $(VENV)/test.stamp ## report what ruff finds, and what is not formatted
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .

format: $(VENV)/test.stamp ## mend what ruff can mend, and format
	$(BIN)/python -m ruff check --fix .
	$(BIN)/python -m ruff format .

types: $(VENV)/test.stamp ## check the types (mypy)
	$(BIN)/python -m mypy

imports: $(VENV)/test.stamp ## check which way imports go (import-linter)
	$(BIN)/lint-imports

style: $(VENV)/test.stamp ## report length, names and docstrings of the code
	$(BIN)/python -m bench.style

bench: $(VENV)/test.stamp ## measure everything beside its floor or peer: bench/README.md
	$(BIN)/python -m bench

docs: $(VENV)/test.stamp ## write the reference of the library from its docstrings: build/docs/index.html
	$(BIN)/python -m bench.reference

lock: ## write requirements.lock anew: what the pins pull in, installed in a fresh environment
	rm -rf build/lock
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip --disable-pip-version-check --quiet install -r requirements-dev.txt
	{ echo "# What requirements.txt and requirements-dev.txt pull in, on Linux; written by: make lock"; \
	  build/lock/bin/python -m pip --disable-pip-version-check freeze; } > requirements.lock
	rm -rf build/lock

wheel: $(VENV)/test.stamp ## build dist/ramp155-*.whl, the library with its record
	$(BIN)/python -m build --no-isolation --wheel

clean: ## remove .venv and what was built
	rm -rf $(VENV) build dist
