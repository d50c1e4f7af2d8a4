# Two commands do all the set-up: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WANTED := $(VENV)/installed
WANTED_DEV := $(VENV)/installed-dev
OTHERS := .venv-bench
TRAINING := .venv-train

.PHONY: demo run test check format bench bench-survival tools clean

demo: $(WANTED)           ## the main job on the bundled sample sources, no internet needed
	$(BIN)/mediafeed demo

run: $(WANTED)            ## the daemon with ./config.toml
	$(BIN)/mediafeed daemon

test: tools check       ## install what the tests need, then all of CI

check: $(WANTED_DEV)      ## everything CI runs: format, ruff, mypy --strict, import contracts, tests
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m pytest -n 2 --doctest-modules src/mediafeed tests

format: $(WANTED_DEV)     ## put the code in the one form
	$(BIN)/ruff format src tests benchmarks
	$(BIN)/ruff check --fix src tests benchmarks

bench: $(WANTED_DEV) $(OTHERS)/installed  ## ratios in one run, against others; ARGS="--quick", ARGS="--json", …
	@$(BIN)/python -m benchmarks $(ARGS)

bench-survival: $(WANTED_DEV)  ## what survives of everything a feed can say; ARGS="--quick", ARGS="--json", …
	@$(BIN)/python -m benchmarks.survival $(ARGS)

train-credits: $(TRAINING)/installed  ## the weights of credits, anew from the labelled episodes
	@$(TRAINING)/bin/python -m benchmarks.training $(ARGS)

tools:                    ## a browser for the tests of the pages, openssl for certificates, nginx to compare with
	@if command -v chromium >/dev/null && command -v openssl >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ]; then apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium openssl >/dev/null; \
	else echo "chromium or openssl is not there, their tests are skipped; as root: apt-get install chromium openssl"; fi
# nginx only where installing it starts no server; elsewhere its tests are skipped.
	@if [ "$$(id -u)" = 0 ] && [ ! -d /run/systemd/system ] && ! command -v nginx >/dev/null; then \
	apt-get update -qq && RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nginx >/dev/null \
	|| echo "nginx is not there, its tests are skipped"; fi

$(WANTED): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	touch $@

$(WANTED_DEV): $(WANTED)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@

# What we compare with wants versions of its own: it never comes near ours.
$(OTHERS)/installed: benchmarks/others.txt
	$(PYTHON) -m venv $(OTHERS)
	$(OTHERS)/bin/python -m pip install --quiet --requirement benchmarks/others.txt
	touch $@

$(TRAINING)/installed: pyproject.toml
	$(PYTHON) -m venv $(TRAINING)
	$(TRAINING)/bin/python -m pip install --quiet --constraint constraints.txt --editable '.[train]'
	touch $@

clean:                    ## take away what was installed and built, not what was published
	rm -rf $(VENV) $(OTHERS) $(TRAINING) .mypy_cache .ruff_cache .pytest_cache build dist
