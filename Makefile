# Everything sets itself up: `make demo` and `make test` work on a fresh clone with Python 3.11, git and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
EXTRAS ?= dev

.PHONY: demo test lint check examples picture setup clean
.DEFAULT_GOAL := demo

demo: setup  ## fetch two editions of the sample policies over loopback; show what changed
	@$(BIN)/policywatch demo

test: setup  ## all tests
	@$(BIN)/python -m pytest -n auto

lint: setup  ## ruff and mypy --strict
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

check: test lint

examples: setup  ## make examples/ again from the bundled samples, after their or the archive's format changed
	@rm -rf examples/archive examples/platforms.yaml
	@$(BIN)/python -c "from pathlib import Path; from policywatch import demonstration as d; list(d.runs(*d.start(Path('examples')), commit=False))"
	@rm -rf examples/archive/.policywatch

picture: setup  ## make the README's picture again from the real output
	@$(BIN)/python docs/picture.py docs/fetch.svg

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	@test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	@PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip install -qq --constraint constraints.txt --editable '.[$(EXTRAS)]'
	@touch $(STAMP)

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist
