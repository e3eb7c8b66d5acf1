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
	$(PIP) install --require-hashes -r requirements.lock
	$(BIN)/python -m ramp155 verdicts --draws 50 >/dev/null  # compiles the model once, for every start after
	$(BIN)/python -m ui.prepare >/dev/null  # opens every page and keeps what it was answered
	touch $@

$(VENV)/test.stamp: requirements-dev.txt requirements-dev.lock $(VENV)/run.stamp
	$(PIP) install --require-hashes -r requirements-dev.lock
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

UV = build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--custom-compile-command "make lock"

lock: ## write both locks anew: what the pins pull in on any system, with hashes; what is locked stays where it fits
	rm -rf build/lock
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip --disable-pip-version-check --quiet install uv==0.13.9
	$(UV) requirements.txt --output-file requirements.lock
	$(UV) requirements-dev.txt --constraint requirements.lock --output-file requirements-dev.lock
	rm -rf build/lock

wheel: $(VENV)/test.stamp ## build dist/ramp155-*.whl, the library with its record
	$(BIN)/python -m build --no-isolation --wheel

clean: ## remove .venv and what was built
	rm -rf $(VENV) build dist
