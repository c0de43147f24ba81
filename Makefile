# make demo    install into .venv and analyse the example estate
# make test    install with the development tools and run the tests with coverage
# make check   format, lint, types, import contracts, generated documents
# make docs    write the generated documents: the rules' catalogue, the examples' reports
# make bench   measure speed, memory and plan quality against the bars
# make clean   remove everything the other targets made

PYTHON ?= python3
VENV ?= .venv
BENCH_FLAGS ?=
PYTEST_FLAGS ?= -q

PIP := $(VENV)/bin/python -m pip --quiet --disable-pip-version-check
SOURCES := $(shell find analyzer rules reports -type f -not -name '*.pyc')

.DEFAULT_GOAL := demo
.PHONY: demo test check docs bench clean

demo: $(VENV)/.installed
	@$(VENV)/bin/k8sadvisor analyse examples/home/inventory.yaml

test: $(VENV)/.developing
	@$(VENV)/bin/python -m coverage run -m pytest $(PYTEST_FLAGS)
	@$(VENV)/bin/python -m coverage report

check: $(VENV)/.developing
	@$(VENV)/bin/ruff format --check --quiet .
	@$(VENV)/bin/ruff check --quiet .
	@$(VENV)/bin/mypy --no-error-summary
	@$(VENV)/bin/lint-imports --no-cache --no-logo
	@$(VENV)/bin/python -m tests.documents --check

docs: $(VENV)/.developing
	@$(VENV)/bin/python -m tests.documents

bench: $(VENV)/.developing
	@$(VENV)/bin/python -m tests.benchmarks.bench $(BENCH_FLAGS)

clean:
	rm -rf $(VENV) build dist .coverage .hypothesis .import_linter_cache .mypy_cache \
		.pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@$(PYTHON) -m venv $(VENV)

# What a user installs: a wheel. A development install serves the demo as well, and stays.
$(VENV)/.installed: $(VENV)/bin/python pyproject.toml $(SOURCES)
	@test -e $(VENV)/.developing || $(PIP) install .
	@touch $@

$(VENV)/.developing: $(VENV)/bin/python pyproject.toml
	@$(PIP) install --editable '.[dev]'
	@touch $@
