# `make run` starts the app, `make test` runs the tests, `make test-all` also those marked nightly and peer.
# Each sets up .venv when it is missing or stale.
PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test test-all bench check lint clean

$(VENV)/run.stamp: requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m ramp155 verdicts --draws 50 >/dev/null  # compiles the model once, for every start after
	touch $@

$(VENV)/test.stamp: requirements.txt requirements-dev.txt $(VENV)/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

run: $(VENV)/run.stamp
	$(BIN)/python -m streamlit run app.py --server.port $(PORT)

QUICK := -m "not nightly and not peer"

test: $(VENV)/test.stamp
	$(BIN)/python -m ramp155 check
	$(BIN)/python -m ramp155 audit
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m pytest -n 2 --dist worksteal $(QUICK) tests/unit tests/app tests/snapshots
	$(BIN)/python -m pytest -n 2 --dist loadgroup $(QUICK) tests/browser

test-all: QUICK :=
test-all: test

bench: $(VENV)/test.stamp
	$(BIN)/python -m bench

check: $(VENV)/run.stamp
	$(BIN)/python -m ramp155 check
	$(BIN)/python -m ramp155 audit

lint: $(VENV)/test.stamp
	$(BIN)/python -m ruff check --fix .
	$(BIN)/python -m ruff format .

clean:
	rm -rf $(VENV)
