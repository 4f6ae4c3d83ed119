# The daily commands; `make` alone lists them. Each builds the environment in .venv on first use and reuses it after.

YEAR ?= 2022
PYTHON ?= python3

# Where it is set, each of the many processes of a run would compile every module anew.
unexport PYTHONDONTWRITEBYTECODE

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed

.PHONY: help report archive check lab test run-test long-test browser-test crate-test faults bench chromium strace docs lock FORCE
.DEFAULT_GOAL := help

help: ## 列出全部命令
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

report: $(INSTALLED)/package ## 生成一个年度的报告（默认 2022；其他年度如 make report YEAR=2023）
	$(BIN)/selfeval run $(YEAR)

archive: $(INSTALLED)/package ## 把已生成的报告封存为档案，另做公开包（年度同上）
	$(BIN)/selfeval archive $(YEAR) --public

check: $(INSTALLED)/package ## 只核对参数、数据和勾稽关系，不运行笔记本（年度同上）
	$(BIN)/selfeval check $(YEAR)

lab: $(INSTALLED)/package $(INSTALLED)/lab ## 在 JupyterLab 中浏览数据、运行笔记本
	$(BIN)/jupyter lab --LabApp.app_settings_dir=notebooks/.jupyterlab --LabApp.default_url=/lab/tree/notebooks/explore.ipynb

test: $(INSTALLED)/package $(INSTALLED)/test $(INSTALLED)/batch ## 检查代码并运行全部测试
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

run-test: $(INSTALLED)/package $(INSTALLED)/test ## 运行要另行生成整份报告的测试：他处生成的字节相同、由档案重新算出、不留个人信息等
	$(BIN)/pytest -m "run and not long" --numprocesses auto --dist loadfile

faults: strace $(INSTALLED)/package $(INSTALLED)/test ## 在发布和封存的每个系统调用、运行的每一步注入故障（约十五分钟）
	$(BIN)/pytest tests/faults -m "long or not long"

bench: $(INSTALLED)/package $(INSTALLED)/batch $(INSTALLED)/full $(INSTALLED)/lean ## 测量速度，结果写入 docs/performance.md（约二十分钟）
	$(BIN)/python -m benchmarks

long-test: $(INSTALLED)/package $(INSTALLED)/test ## 运行很久的测试：在每一步强行中断报告的生成，查个人信息有无遗留
	$(BIN)/pytest -m long

docs: $(INSTALLED)/package ## 重新生成 docs 中的数据字典和问题编号
	$(BIN)/python -m helpers.documentation

browser-test: chromium $(INSTALLED)/package $(INSTALLED)/test $(INSTALLED)/browser $(INSTALLED)/lab ## 在真实的浏览器（Chromium）中检查网页和笔记本
	$(BIN)/pytest tests/browser

crate-test: $(INSTALLED)/package $(INSTALLED)/test $(INSTALLED)/crate ## 用 rocrate-validator 检查档案的 RO-Crate 描述
	$(BIN)/pytest tests/evidence/test_crate.py

lock: $(INSTALLED)/uv ## 依 pyproject.toml 更新版本锁（已锁定的版本尽量不动；先删除锁文件则全部取最新版）
	$(COMPILE) pyproject.toml --output-file requirements.lock
	for extra in lab large batch test; do \
	  $(COMPILE) pyproject.toml --extra $$extra -c requirements.lock --output-file requirements/$$extra.lock || exit 1; \
	done
	$(COMPILE) pyproject.toml --extra browser -c requirements.lock -c requirements/test.lock --output-file requirements/browser.lock
	$(BIN)/python -c $(BUILD_REQUIREMENTS) | $(COMPILE) - -c requirements.lock -c requirements/test.lock --output-file requirements/build.lock
	echo uv | $(COMPILE) - --output-file requirements/uv.txt
	echo roc-validator | $(COMPILE) - --output-file requirements/crate.txt

# --- the environment ---------------------------------------------------------------------------------------------------

# uv does not read pip's settings: a mirror or a folder of wheels that the user has set up for pip serves uv too.
comma := ,
space := $(subst ,, )
export UV_FIND_LINKS ?= $(subst $(space),$(comma),$(value PIP_FIND_LINKS))
export UV_INDEX ?= $(value PIP_EXTRA_INDEX_URL)
MIRROR = $${UV_DEFAULT_INDEX:-$${UV_INDEX_URL:-$${PIP_INDEX_URL:-$$($(BIN)/pip config get global.index-url 2>/dev/null)}}}
UV = UV_DEFAULT_INDEX="$(MIRROR)" $(BIN)/uv

NO_INDEX = $(if $(filter 1 on true yes,$(value PIP_NO_INDEX)),--no-index)
INSTALL = $(UV) pip install --python $(BIN)/python $(NO_INDEX)
COMPILE = $(UV) pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11

# hatchling asks for editables only while it builds an editable install, so pyproject.toml does not name it.
BUILD_REQUIREMENTS := 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], "editables", sep="\n")'

HAS_VERSION := -c 'import sys; sys.exit(sys.version_info < (3, 11))'
VENV_PACKAGE := -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
OR_FAIL := || { echo "错误：软件包没有装好，原因见上。请检查网络后再运行，已下载的不会重来。用镜像可设环境变量 PIP_INDEX_URL；不联网安装见 README.zh-CN.md。" >&2; exit 1; }

# The file holds the folder where .venv was built. A folder that was copied or renamed has commands in its .venv that lead
# to the old place, and a new system Python does not see the old packages: both are built anew.
$(VENV)/made-in: FORCE
	@if [ "$$(cat $@ 2>/dev/null)" = "$(CURDIR)" ] && $(BIN)/python -c 'import pip' 2>/dev/null; then exit 0; fi; \
	fail() { echo "错误：$$1" >&2; exit 1; }; \
	command -v $(PYTHON) >/dev/null || fail "没有找到 $(PYTHON)。请先安装 Python 3.11（Debian：apt install python3 python3-venv）。"; \
	$(PYTHON) $(HAS_VERSION) || fail "需要 Python 3.11 或更新版本，而 $(PYTHON) 是 $$($(PYTHON) --version 2>&1)。请安装后指明，如 make report PYTHON=python3.11。"; \
	$(PYTHON) -c 'import ensurepip' 2>/dev/null || fail "$(PYTHON) 缺少建立环境的组件。请先安装（Debian：apt install $$($(PYTHON) $(VENV_PACKAGE))）。"; \
	[ -e $@ ] || [ ! -e $(VENV) ] || fail "$(VENV) 不是由 make 建立的，或没有建完。请删除（rm -r $(VENV)）后再运行。"; \
	echo "正在建立运行环境 $(VENV)"; \
	$(PYTHON) -m venv --clear $(VENV) || { rm -rf $(VENV); fail "没有建成 $(VENV)（见上面的信息）。"; }; \
	mkdir $(INSTALLED) && echo "$(CURDIR)" >$@

$(INSTALLED)/uv: requirements/uv.txt $(VENV)/made-in
	@$(BIN)/python -m pip install --quiet --require-hashes -r $< $(OR_FAIL)
	@touch $@

$(INSTALLED)/default: requirements.lock requirements/build.lock $(INSTALLED)/uv
	@echo "正在安装软件包（首次需下载）"
	@$(INSTALL) --require-hashes -r requirements.lock -r requirements/build.lock $(OR_FAIL)
	@touch $@

# No build isolation: the build backend is already there, from its lock, so this step needs no network.
$(INSTALLED)/package: pyproject.toml $(INSTALLED)/default
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

# An environment of its own: the validator needs an older rich than this project.
$(INSTALLED)/crate: requirements/crate.txt $(INSTALLED)/uv
	@echo "正在安装 rocrate-validator"
	@$(PYTHON) -m venv --clear $(VENV)/crate
	@$(UV) pip install --python $(VENV)/crate/bin/python $(NO_INDEX) --require-hashes -r $< $(OR_FAIL)
	@touch $@

# What speed is compared in: an analyst's environment, and one without JupyterLab.
$(INSTALLED)/full: requirements/lab.lock requirements/batch.lock
$(INSTALLED)/full $(INSTALLED)/lean: $(INSTALLED)/%: requirements.lock requirements/build.lock $(INSTALLED)/uv
	@echo "正在安装测速用的环境 $*"
	@$(PYTHON) -m venv --clear $(VENV)/$*
	@$(UV) pip install --python $(VENV)/$*/bin/python $(NO_INDEX) --require-hashes $(addprefix -r ,$(filter %.lock,$^)) $(OR_FAIL)
	@$(UV) pip install --python $(VENV)/$*/bin/python $(NO_INDEX) --no-deps --no-build-isolation --editable . $(OR_FAIL)
	@touch $@

$(INSTALLED)/lab $(INSTALLED)/large $(INSTALLED)/batch $(INSTALLED)/test $(INSTALLED)/browser: $(INSTALLED)/%: requirements/%.lock $(INSTALLED)/default
	@echo "正在安装 $* 所需的软件包"
	@$(INSTALL) --require-hashes -r $< $(OR_FAIL)
	@touch $@

# A command of a Debian package that tests need and the product does not; installed where it is missing.
chromium strace:
	@command -v $@ >/dev/null && exit 0; \
	fail() { echo "错误：$$1" >&2; exit 1; }; \
	command -v apt-get >/dev/null || fail "没有找到 $@，这个系统也没有 apt-get。请用系统的软件包管理器安装，使命令 $@ 可用。"; \
	[ "$$(id -u)" = 0 ] || fail "没有找到 $@，安装它需要管理员权限。请运行 sudo apt-get install $@，再运行一次。"; \
	echo "正在安装 $@"; \
	export DEBIAN_FRONTEND=noninteractive; \
	apt-get update -qq && apt-get install -qq --no-install-recommends $@ >/dev/null && command -v $@ >/dev/null || fail "$@ 没有装好，原因见上。请检查网络和软件源后再运行。"
