# Oreum: two commands matter, `make demo` and `make test`; bare `make` lists all.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export UV_PYTHON_DOWNLOADS := never
# Compiled code is kept beside the libraries, also where the environment forbids to write it into the
# tree: without it each start, and each process of the tests, compiles the whole service anew.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX := $(CURDIR)/$(VENV)/pycache
PORT ?= 8000

.DEFAULT_GOAL := help

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 24

# One stamp a lock file: the environment is rebuilt when its pins change.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "python3-venv is missing: apt-get install -y python3-venv"; exit 1; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check uv || echo "uv is not to be had; pip does it, more slowly"

$(VENV)/app.stamp: app.lock pyproject.toml | $(BIN)/python
	@$(call install,app.lock)
	@touch $@

$(VENV)/dev.stamp: dev.lock pyproject.toml | $(BIN)/python
	@$(call install,dev.lock)
	@touch $@ $(VENV)/app.stamp

define install
	if [ -x $(BIN)/uv ]; then \
	  $(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r $(1) && \
	  $(BIN)/uv pip install -q --python $(BIN)/python --no-deps -e . ; \
	else \
	  $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r $(1) && \
	  $(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e . ; \
	fi
endef

demo: $(VENV)/app.stamp ## serve the demo on 127.0.0.1:8000 (PORT=, RESET=1)
	@.ci/print
	@PORT=$(PORT) RESET=$(RESET) $(BIN)/python -m matcher demo

setup: $(VENV)/dev.stamp ## build .venv with everything for development
	@echo "ready: $(BIN)/python -m matcher migrate"

setup-benchmarks: $(VENV)/dev.stamp ## add the libraries that benchmarks/ compare with
	@$(call install,bench.lock)

test: $(VENV)/dev.stamp ## lint, types, contracts and every test but the slow ones
	@.ci/browser
	@.ci/print
	@$(MAKE) --no-print-directory check
	@$(BIN)/python -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder -m "not slow"

test-slow: $(VENV)/dev.stamp ## the tests that take minutes
	@.ci/browser
	@$(BIN)/python -m pytest -q -m slow -o faulthandler_timeout=0

test-postgres: $(VENV)/dev.stamp ## the ordinary tests on a real PostgreSQL (minutes)
	@OREUM_TESTS_COMPLETE=1 OREUM_TEST_DATABASE=postgres $(BIN)/python -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder \
	  -m "not browser" tests/flows tests/store tests/web tests/authz tests/traps tests/shape

check: $(VENV)/dev.stamp ## ruff, mypy strict, import contracts, lock files
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@! grep -n '://' app.lock dev.lock bench.lock || { echo "a lock file names a host"; exit 1; }

lock: | $(BIN)/python ## resolve the pins anew
	@$(BIN)/uv lock -q
	@$(BIN)/uv export -q --frozen --no-emit-project --no-dev --no-header --no-annotate --no-emit-index-url -o app.lock
	@$(BIN)/uv export -q --frozen --no-emit-project --no-header --no-annotate --no-emit-index-url -o dev.lock
	@rm -f uv.lock
	@$(BIN)/uv pip compile -q --group benchmarks -c dev.lock --generate-hashes --no-header --no-annotate --no-emit-index-url -o bench.lock

clean: ## remove the environment and local data
	rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache

.PHONY: help demo setup setup-benchmarks test test-slow test-postgres check lock clean
