# The two commands of the README, and what keeps the project in order. Each makes the environment that it needs.
PYTHON ?= $(shell for v in 3.11 3.12 3.13; do command -v python$$v && break; done || command -v python3)
BIN := .venv/bin

.PHONY: demo test soak check shots bench bench-steps bench-long bench-quality bench-suggest bench-matte train-matte lock clean

demo: .venv/installed  ## run the main job on the samples
	$(BIN)/etalase demo

test: .venv/installed-dev  ## run every test, several files at a time but for what is measured by the clock
	@failed=0; \
	$(BIN)/python -m pytest -n $(WORKERS) --maxprocesses 4 --dist loadfile --no-loadscope-reorder -m "not alone" || failed=1; \
	$(BIN)/python -m pytest -m alone || failed=1; \
	exit $$failed

# One more than there are processors: tests also wait for servers, and for time to pass.
WORKERS := $(shell expr $$(nproc) + 1)

soak: .venv/installed-dev  ## twenty faults of each kind instead of three, and 20,000 photos: hours of time
	ETALASE_FAULTS=20 $(BIN)/python -m pytest tests/faults
	$(BIN)/python -m lab.bench.long_run --photos 20000

check: .venv/installed-dev  ## linters and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

shots: .venv/installed-dev  ## pictures of every page of the console, to be looked at; FOLDER=... for another place
	$(BIN)/python -m lab.shots $(FOLDER)

bench: .venv/installed-dev lab/bench/.venv/installed  ## beside rembg, CleanVision and Pillow, in turn; PHOTOS="..." for your own
	$(BIN)/python -m lab.bench.peers $(PHOTOS)

bench-steps: .venv/installed  ## where the time of one photo goes; PHOTOS="..." for your own
	$(BIN)/python -m lab.bench.photo_cost $(PHOTOS)

bench-long: .venv/installed  ## whether 5,000 photos cost at the end what they cost at the beginning
	$(BIN)/python -m lab.bench.long_run

bench-quality: lab/quality/.venv/installed  ## how well each defect is found in photos; DATA=folder
	lab/quality/.venv/bin/python -m lab.bench.quality $(DATA)

bench-suggest: .venv/installed-dev  ## how well notes are read, categories told, and words kept to facts; DATA=folder for titles of other goods
	$(BIN)/python -m lab.suggest.facts_bench
	$(BIN)/python -m lab.category.bench $(DATA)/titles/tokopedia_titles.csv
	$(BIN)/python -m lab.suggest.faithfulness
	$(BIN)/python -m lab.suggest.faithfulness --claims unseen
	$(BIN)/python -m lab.suggest.faithfulness --claims fresh
	$(BIN)/python -m lab.suggest.faithfulness --claims later

bench-matte: lab/matte/.venv/installed  ## the matte network on photos whose true outline is known; DATA=folder
	lab/matte/.venv/bin/python -m lab.matte.bench $(DATA)

train-matte: lab/matte/.venv/installed  ## train the matte network from nothing; DATA=folder, and minutes of a GPU or a day of a CPU
	$(KEEP_MEMORY) lab/matte/.venv/bin/python -m lab.matte train $(DATA)

# On a CPU a quarter of the time goes into handing memory back and asking for it again, unless glibc is told to keep it.
KEEP_MEMORY := MALLOC_MMAP_THRESHOLD_=8589934592 MALLOC_TRIM_THRESHOLD_=17179869184 GLIBC_TUNABLES=glibc.malloc.hugetlb=1

lock: .venv/installed-dev  ## resolve the dependencies anew
	$(BIN)/uv pip compile $(LOCK) pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile $(LOCK) -c requirements.txt --group dev pyproject.toml -o requirements-dev.txt

LOCK := -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links

.venv/bin/python:
	$(PYTHON) -m venv .venv

# The lock names everything, so pip need not look for more (and would stumble over a pin that is not the newest).
.venv/installed: requirements.txt pyproject.toml | .venv/bin/python
	@echo "Memasang yang diperlukan ke .venv (sekali saja, beberapa menit) / Installing into .venv (once, a few minutes)"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.txt
	@touch $@

lab/bench/.venv/installed: lab/bench/requirements.txt
	$(PYTHON) -m venv lab/bench/.venv
	lab/bench/.venv/bin/python -m pip install --quiet --disable-pip-version-check -r lab/bench/requirements.txt
	@touch $@

lab/matte/.venv/installed: lab/matte/requirements.txt requirements.txt
	$(PYTHON) -m venv lab/matte/.venv
	lab/matte/.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.txt
	lab/matte/.venv/bin/python -m pip install --quiet --disable-pip-version-check -r lab/matte/requirements.txt
	@touch $@

lab/quality/.venv/installed: lab/quality/requirements.txt requirements.txt
	$(PYTHON) -m venv lab/quality/.venv
	lab/quality/.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.txt
	lab/quality/.venv/bin/python -m pip install --quiet --disable-pip-version-check -r lab/quality/requirements.txt
	@touch $@

clean:  ## remove the environment and everything that runs have made
	rm -rf .venv .etalase build *.egg-info
