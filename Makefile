# Every target is one line of the `ledger` command or of one tool; .venv holds all they need.
PYTHON ?= python3
PORT ?= 8001
BIN = .venv/bin

.DEFAULT_GOAL := help
.PHONY: serve test check format build lint bench lock clean help

serve: .venv/installed  ## check the data, build the database and serve it on 127.0.0.1:8001 (PORT=…)
	$(BIN)/ledger serve --port $(PORT)

test: .venv/installed  ## run the tests, and the check of the data among them
	$(BIN)/pytest

check: .venv/installed  ## check the data: every fault with its file, line and remedy
	$(BIN)/ledger check

format: .venv/installed  ## rewrite data/ in canonical form
	$(BIN)/ledger format

build: .venv/installed  ## build build/ledger.db
	$(BIN)/ledger build

lint: .venv/installed  ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/bench  ## measure speed and memory against the tools a reader would otherwise use, and the screening of names
	$(BIN)/python -m benchmarks

lock:  ## pin the newest dependencies that fit (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra dev pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra dev --extra bench -c requirements.lock pyproject.toml -o benchmarks/requirements.lock

.venv/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name it with PYTHON=…")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/bench: .venv/installed benchmarks/requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r benchmarks/requirements.lock
	@touch $@

clean:  ## remove what was made
	rm -rf .venv build .mypy_cache .ruff_cache .pytest_cache

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
