# Two commands: `make demo` runs the main job on the sample review, `make test` checks everything.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test lint types samples clean
.DEFAULT_GOAL := demo

demo: $(READY)
	$(BIN)/thememiner demo --out thememiner-demo

# In two processes of one thread each, a file of tests never divided: what its tests share is made once.
test: lint types
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest --numprocesses 2 --dist loadfile

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

# The sample corpus is written by a seeded script; the same bytes come out again.
samples: $(READY)
	$(BIN)/python corpora/build/make_samples.py

$(READY): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt torch==2.13.0
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $(READY)

clean:
	rm -rf $(VENV) thememiner-demo
