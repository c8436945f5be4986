# dialdesk's build: one file, not recursive.
#
#   make            build/dialdesk and its modules          make install   PREFIX=/usr/local DESTDIR=
#   make run        the console on a sample organization    make bench     ratios against peers
#   make test       every test, last line "N passed, N failed"
#   make soak       hours of what the tests do in minutes   make fuzz      libFuzzer runs (clang)
#   make lint       the house rules alone                   make coverage  line coverage by gcovr
#   make deps       installs what the tests need            make mutate    lines that no test holds
#   make interop    calls through a real Asterisk (as root)
#
# BUILD=folder builds elsewhere, CC=clang with clang, WERROR=-Werror lets no warning pass (as CI does).
# V=1 shows the commands. LAYERS="base core" builds and links only these layers (while others do not compile).

VERSION := 0.1.0
BUILD   ?= build
PREFIX  ?= /usr/local
DESTDIR ?=
WERROR  ?=
LAYERS  ?= base core db store exchange show desk transfer door console cli
PYTHON  ?= $(firstword $(wildcard /usr/bin/python3) python3)
ifeq ($(origin CC),default)
CC := gcc
endif

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SECONDARY:
MAKEFLAGS += --no-builtin-rules

# --- flags -------------------------------------------------------------------------------------
WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wcast-qual -Wundef -Wstrict-prototypes \
            -Wmissing-prototypes -Wwrite-strings -Wformat=2 -Wnull-dereference -Wvla $(WERROR)
CPPFLAGS_ALL = -D_GNU_SOURCE -DDIALDESK_VERSION='"$(VERSION)"' -Iinclude -MMD -MP $(CPPFLAGS)
CFLAGS_ALL   = -std=c17 $(WARNINGS) -fPIC -fvisibility=hidden -fno-common -g
RELEASE      = -O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong -ffunction-sections -fdata-sections
# Undefined behaviour traps, and the address sanitizer shows where: the descriptions that the other way keeps in each
# program (2 MB to relocate at its start, and to search for pointers at its end) cost half of every short run.
SANITIZE     = -O1 -fsanitize=address,undefined -fsanitize-undefined-trap-on-error -fno-omit-frame-pointer
COVER        = -O0 --coverage
LDHARD       = -Wl,-z,relro,-z,now -Wl,--as-needed

# Each shared library adds to every start (4 % of a lookup's time for these two): small ones are linked in where
# their archives are there. ARCHIVED= takes all of them as shared ones; sqlite3 may be named, too.
ARCHIVED      ?= utf8proc uuid
library        = $(if $(filter /%,$(and $(filter $(1),$(ARCHIVED)),$(shell $(CC) -print-file-name=lib$(1).a))),-l:lib$(1).a,-l$(1))
LIBS_MAIN     := $(foreach l,sqlite3 utf8proc uuid,$(call library,$(l))) -ldl -lm
LIBS_BASE     := -lutf8proc -luuid -ldl -lm
LIBS_postgres := -lpq
LIBS_curses   := -lncursesw -ltinfo
LIBS_http     := -lmicrohttpd
# Only the PostgreSQL driver sees libpq's headers; asked late, when pkg-config is surely there.
EXTRA          =
PQ_CFLAGS      = $(shell pkg-config --cflags libpq)

Q    := $(if $(V),,@)
SAY   = @$(if $(V),:,echo "  $(1) $(patsubst $(CURDIR)/%,%,$(2))")

# --- sources -----------------------------------------------------------------------------------
MODULES      := postgres curses http
SRC_postgres := $(wildcard src/db/postgres*.c)
SRC_curses   := $(wildcard src/console/term_curses*.c)
SRC_http     := src/door/http.c
MODULE_SRC   := $(foreach m,$(MODULES),$(SRC_$(m)))
LAYER_SRC    := $(filter-out $(MODULE_SRC),$(foreach l,$(LAYERS),$(wildcard src/$(l)/*.c)))
DATA         := $(sort $(shell find data -type f ! -name '.*' ! -name services.tsv 2>/dev/null))
# A module is built where its layer is.
LAYER_postgres := db
LAYER_curses := console
LAYER_http := door
MODULES_HERE := $(foreach m,$(MODULES),$(if $(SRC_$(m)),$(if $(filter $(LAYER_$(m)),$(LAYERS)),$(m))))

.PHONY: all run test lint soak mutate interop bench fuzz install uninstall deps deps-build clean pictures coverage completions programs format manual \
        fuzz-programs FORCE
all: $(BUILD)/dialdesk $(MODULES_HERE:%=$(BUILD)/modules/%.so) $(if $(filter build,$(BUILD)),compile_commands.json)

# --- dependencies: named and installed by tests/tools/deps.sh; the stamp makes the check cheap ---
DEPS := $(BUILD)/.deps-build
$(BUILD)/.deps-%: tests/tools/deps.sh
	@mkdir -p $(@D)
	@sh tests/tools/deps.sh $* $(BUILD)/apt-$*.log
	@touch $@
deps-build: $(BUILD)/.deps-build
deps: $(BUILD)/.deps-build $(BUILD)/.deps-test

# --- files whose text changes only when what they say changes ------------------------------------
# LOOKED_AT= keeps them as they are, for a dry run that counts what there is to do.
LOOKED_AT = FORCE
$(BUILD)/files.list: $(LOOKED_AT)
	@mkdir -p $(@D)
	@printf '%s\n' $(DATA) $(LAYER_SRC) $(MODULE_SRC) $(SUPPORT_SRC) > $@.new
	@if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi
$(BUILD)/flags: $(LOOKED_AT)
	@mkdir -p $(@D)
	@echo '$(subst ','\'',$(CC) $(CFLAGS_ALL) $(RELEASE) $(SANITIZE) $(CPPFLAGS_ALL) $(CFLAGS))' > $@.new
	@if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

$(BUILD)/embedded_data.c: tests/tools/embed.sh $(BUILD)/files.list $(DATA)
	$(call SAY,DATA,$@)
	$(Q)sh tests/tools/embed.sh $(DATA) > $@
$(BUILD)/services.c: tests/tools/services.awk data/services.tsv
	$(call SAY,DATA,$@)
	@mkdir -p $(@D)
	$(Q)LC_ALL=C awk -f tests/tools/services.awk data/services.tsv > $@

# How a file of src/ and of tests/ is compiled; editors read it in compile_commands.json.
COMPILE_src   = $(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL)
COMPILE_tests = $(CC) $(CPPFLAGS_ALL) -Isrc -Itests $(CFLAGS_ALL)

# --- one set of rules, three builds: release, test (sanitized), coverage --------------------------
# $(1) folder of the build, $(2) its compiler flags, $(3) its linker flags
define BUILD_RULES
$(patsubst %.c,$(1)/obj/%.o,$(SRC_postgres)): EXTRA = $$(PQ_CFLAGS)
$(1)/obj/src/%.o: src/%.c $(BUILD)/flags | $(DEPS)
	@mkdir -p $$(@D)
	$$(call SAY,CC  ,$$@)
	$$(Q)$$(COMPILE_src) $$(EXTRA) $(2) $$(CFLAGS) -c $$< -o $$@
$(1)/obj/tests/%.o: tests/%.c $(BUILD)/flags | $(DEPS)
	@mkdir -p $$(@D)
	$$(call SAY,CC  ,$$@)
	$$(Q)$$(COMPILE_tests) $(2) $$(CFLAGS) -c $$< -o $$@
$(1)/obj/embedded_data.o: $(BUILD)/embedded_data.c $(BUILD)/flags | $(DEPS)
	@mkdir -p $$(@D)
	$$(call SAY,CC  ,$$@)
	$$(Q)$$(CC) $$(CPPFLAGS_ALL) -Isrc/base $$(CFLAGS_ALL) $(2) $$(CFLAGS) -c $$< -o $$@
$(1)/obj/services.o: $(BUILD)/services.c $(BUILD)/flags | $(DEPS)
	@mkdir -p $$(@D)
	$$(call SAY,CC  ,$$@)
	$$(Q)$$(CC) $$(CPPFLAGS_ALL) -Isrc/core $$(CFLAGS_ALL) $(2) $$(CFLAGS) -c $$< -o $$@

$(1)/libbase.a: $(patsubst %.c,$(1)/obj/%.o,$(filter src/base/%,$(LAYER_SRC))) $(1)/obj/embedded_data.o
$(1)/libcore.a: $(patsubst %.c,$(1)/obj/%.o,$(filter src/core/%,$(LAYER_SRC))) $(1)/obj/services.o
$(1)/libdialdesk.a: $(patsubst %.c,$(1)/obj/%.o,$(filter-out src/base/% src/core/%,$(LAYER_SRC)))
$(1)/lib%.a: $(BUILD)/files.list
	@mkdir -p $$(@D)
	@rm -f $$@
	$$(call SAY,AR  ,$$@)
	$$(Q)$$(AR) qcs $$@ $$(filter %.o,$$^)

$(1)/dialdesk: $(1)/obj/src/main.o $(1)/libdialdesk.a $(1)/libcore.a $(1)/libbase.a
	$$(call SAY,LINK,$$@)
	$$(Q)$$(CC) -pie $(2) $(3) $$(LDHARD) -Wl,--gc-sections $$(LDFLAGS) -o $$@ $$^ $$(LIBS_MAIN)

$(foreach m,$(MODULES),
$(1)/lib$(m).a: $(patsubst %.c,$(1)/obj/%.o,$(SRC_$(m)))
$(1)/modules/$(m).so: $(patsubst %.c,$(1)/obj/%.o,$(SRC_$(m))) $(1)/libcore.a $(1)/libbase.a
	@mkdir -p $$(@D)
	$$(call SAY,LINK,$$@)
	$$(Q)$$(CC) -shared $(2) $(3) $$(LDHARD) -Wl,--gc-sections $$(LDFLAGS) -o $$@ $$^ $$(LIBS_$(m)) $$(LIBS_BASE)
)
endef

T := $(BUILD)/test
$(eval $(call BUILD_RULES,$(BUILD),$(RELEASE),))
$(eval $(call BUILD_RULES,$(T),$(SANITIZE),))

# --- test programs: tests/{unit,store,screen}/test_*.c, each one program with its own main ---------
# They link every layer as an archive, so that only what they use is taken.
TEST_KINDS   := unit store screen
TEST_SRC     := $(foreach k,$(TEST_KINDS),$(wildcard tests/$(k)/test_*.c))
TEST_BIN     := $(TEST_SRC:tests/%.c=$(T)/%)
SUPPORT_SRC  := $(filter-out $(TEST_SRC),$(foreach k,$(TEST_KINDS) support,$(wildcard tests/$(k)/*.c)))
FUZZ_SRC     := $(wildcard tests/fuzz/fuzz_*.c)
FUZZ_REPLAY  := $(FUZZ_SRC:tests/%.c=$(T)/%)
ARCHIVES     := support dialdesk $(MODULES_HERE) core base
TEST_LIBS     = -Wl,--start-group $(ARCHIVES:%=$(T)/lib%.a) -Wl,--end-group \
                -lcmocka -lical $(foreach m,$(MODULES),$(LIBS_$(m))) $(LIBS_MAIN)
$(T)/libsupport.a: $(SUPPORT_SRC:%.c=$(T)/obj/%.o)

# module_open looks beside the program: each folder of test programs gets a way to the modules.
define TEST_RULES
$(T)/$(1)/test_%: $(T)/obj/tests/$(1)/test_%.o $(ARCHIVES:%=$(T)/lib%.a) | $(BUILD)/.deps-test $(MODULES_HERE:%=$(T)/modules/%.so)
	@mkdir -p $$(@D) && ln -sfn ../modules $$(@D)/modules
	$$(call SAY,LINK,$$@)
	$$(Q)$$(CC) -pie $(SANITIZE) $(LDHARD) $$(LDFLAGS) -o $$@ $$< $$(TEST_LIBS)
endef
$(foreach k,$(TEST_KINDS),$(eval $(call TEST_RULES,$(k))))
# It counts the engine's steps.
$(T)/unit/test_recurrence: private LDFLAGS += -Wl,--wrap=local_compare
$(T)/fuzz/fuzz_%: $(T)/obj/tests/fuzz/fuzz_%.o $(T)/obj/tests/fuzz/replay.o $(ARCHIVES:%=$(T)/lib%.a)
	@mkdir -p $(@D) && ln -sfn ../modules $(@D)/modules
	$(call SAY,LINK,$@)
	$(Q)$(CC) -pie $(SANITIZE) $(LDHARD) $(LDFLAGS) -o $@ $(filter %.o,$^) $(TEST_LIBS)

$(T)/faults/%.so: tests/faults/%.c $(BUILD)/flags | $(DEPS)
	@mkdir -p $(@D)
	$(call SAY,CC  ,$@)
	$(Q)$(CC) -D_GNU_SOURCE -std=c17 $(WARNINGS) -Wno-missing-prototypes -fPIC -shared -O1 -o $@ $< -ldl

# A bridge and its callers, on libre and librem: a way to hear what dialdesk answers, and no part of it.
CALL_BIN := $(T)/call/bridge $(T)/call/caller
CALL_CFLAGS = -DHAVE_STDBOOL_H -DHAVE_INTTYPES_H -DHAVE_INET6 $(patsubst -I%,-isystem %,$(shell pkg-config --cflags libre librem))
$(CALL_BIN): $(T)/call/%: tests/call/%.c tests/call/leg.c tests/call/leg.h $(BUILD)/flags | $(BUILD)/.deps-test
	@mkdir -p $(@D)
	$(call SAY,LINK,$@)
	$(Q)$(CC) -D_GNU_SOURCE -std=c17 $(WARNINGS) $(SANITIZE) $(CALL_CFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $(filter %.c,$^) \
	    $(shell pkg-config --libs librem libre) -lm

programs: all $(T)/faults/shim.so $(T)/faults/memory.so $(T)/dialdesk $(MODULES_HERE:%=$(T)/modules/%.so) $(TEST_BIN) $(FUZZ_REPLAY) $(CALL_BIN)

RUN = $(PYTHON) tests/run --build '$(BUILD)' --make '$(MAKE)' $(if $(V),--verbose)
test: deps
	@+$(RUN)

lint: deps
	@+$(RUN) lint

# Hours of what `make test` does in minutes: a million keys, a kill at every write, generated rules by the hundred
# thousand; then an hour of fuzzing a target. SOAK=0.01 does a hundredth of it.
SOAK ?= 1
soak: deps
	@+$(RUN) --soak $(SOAK)
	@+$(MAKE) --no-print-directory fuzz FUZZ_SECONDS=$$($(PYTHON) -c 'print(max(1, round(3600 * $(SOAK))))')

# Real bridges: an Asterisk of another Debian suite in build/interop, and the requests of FreeSWITCH and Jitsi replayed.
interop: programs completions
	@for suite in tests/interop/*.py; do DIALDESK='$(abspath $(T)/dialdesk)' $(PYTHON) $$suite || exit 1; done

# Changes src/ a little, one place at a time, and lists the changes that no test notices: make mutate FILES="src/core/lookup.c"
mutate: deps
	@$(PYTHON) tests/tools/mutate.py $(MUTATE) $(FILES)

# Brings files into the house's shape: make format FILES="src/core/time.c"
format:
	clang-format -i $(or $(FILES),$(shell find src include tests -name '*.[ch]'))

# SIZES="1000 1000000 10000000" for more; the stores stay in $(BUILD)/bench.
SIZES ?= 1000 1000000
BENCH_BIN := $(patsubst tests/%.c,$(BUILD)/%,$(wildcard tests/bench/*.c))
bench: all deps $(BENCH_BIN)
	@$(PYTHON) tests/bench/bench.py --build '$(BUILD)' $(SIZES)
define TOOL_RULE
$(BUILD)/$(1)/%: $(BUILD)/obj/tests/$(1)/%.o $(filter-out %/libsupport.a,$(ARCHIVES:%=$(BUILD)/lib%.a))
	@mkdir -p $$(@D) && ln -sfn ../modules $$(@D)/modules
	$$(call SAY,LINK,$$@)
	$$(Q)$(CC) -pie $(RELEASE) $(LDHARD) -Wl,--gc-sections $(LDFLAGS) -o $$@ $$(filter %.o,$$^) -Wl,--start-group $$(filter %.a,$$^) -Wl,--end-group \
	    -lical $(foreach m,$(MODULES),$(LIBS_$(m))) $(LIBS_MAIN)
endef
$(foreach t,bench pictures,$(eval $(call TOOL_RULE,$(t))))
$(BUILD)/pictures/picture: $(patsubst %,$(BUILD)/obj/tests/support/%.o,term_script styles)

# --- fuzzing: libFuzzer through clang; FUZZ_SECONDS a target ---------------------------------------
FUZZ_SECONDS ?= 60
fuzz: deps
	$(MAKE) BUILD=$(BUILD)/fuzz CC=clang CFLAGS=-fsanitize=fuzzer-no-link fuzz-programs
	@sh tests/fuzz/run.sh '$(BUILD)/fuzz' $(FUZZ_SECONDS)
fuzz-programs: $(FUZZ_SRC:tests/%.c=$(T)/libfuzzer/%)
$(T)/libfuzzer/fuzz/%: $(T)/obj/tests/fuzz/%.o $(ARCHIVES:%=$(T)/lib%.a) $(MODULES_HERE:%=$(T)/modules/%.so)
	@mkdir -p $(@D) && ln -sfn ../../modules $(@D)/modules
	$(call SAY,LINK,$@)
	$(Q)$(CC) -pie $(SANITIZE) -fsanitize=fuzzer $(LDFLAGS) -o $@ $< $(TEST_LIBS)

# --- compile_commands.json: as the sanitized build compiles; a new one when a file or a flag came or went ---
EDITED  := $(LAYER_SRC) $(MODULE_SRC) $(TEST_SRC) $(SUPPORT_SRC) $(wildcard tests/fuzz/*.c tests/bench/*.c)
quoted   = $(subst ",\",$(subst \,\\,$(1)))
command  = $(call quoted,$(COMPILE_$(firstword $(subst /, ,$(1)))) $(if $(filter $(SRC_postgres),$(1)),$(PQ_CFLAGS)) $(SANITIZE) $(CFLAGS) -c $(1))
compile_commands.json: $(BUILD)/files.list $(BUILD)/flags
	$(call SAY,JSON,$@)
	$(file >$@,[)
	$(foreach f,$(EDITED),$(file >>$@,{"directory": "$(CURDIR)"$(comma) "file": "$(f)"$(comma) "command": "$(call command,$(f))"}$(if $(filter-out $(lastword $(EDITED)),$(f)),$(comma))))
	$(file >>$@,])
comma := ,

# --- running, installing, the rest ------------------------------------------------------------------
run: all
	@sh tests/tools/run-sample.sh $(BUILD)

completions: $(BUILD)/completions/dialdesk.bash $(BUILD)/completions/dialdesk.zsh $(BUILD)/completions/dialdesk.fish
$(BUILD)/completions/dialdesk.%: $(BUILD)/dialdesk
	@mkdir -p $(@D)
	$(Q)$(BUILD)/dialdesk completion $* > $@

SHARE = $(DESTDIR)$(PREFIX)/share
install: all completions
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/dialdesk
	install -m 755 $(BUILD)/dialdesk $(DESTDIR)$(PREFIX)/bin/dialdesk
	install -m 644 $(MODULES_HERE:%=$(BUILD)/modules/%.so) $(DESTDIR)$(PREFIX)/lib/dialdesk/
	for f in $(DATA:data/%=%); do install -D -m 644 data/$$f $(SHARE)/dialdesk/$$f || exit 1; done
	for f in $(wildcard docs/*.[157]); do \
	    install -D -m 644 $$f $(SHARE)/man/man$${f##*.}/$${f##*/} || exit 1; done
	for f in $(notdir $(wildcard docs/systemd/*)); do \
	    install -d $(DESTDIR)$(PREFIX)/lib/systemd/system && \
	    sed 's,/usr/local,$(PREFIX),' docs/systemd/$$f > $(DESTDIR)$(PREFIX)/lib/systemd/system/$$f || exit 1; done
	for f in $(notdir $(wildcard docs/systemd-user/*)); do \
	    install -d $(DESTDIR)$(PREFIX)/lib/systemd/user && \
	    sed 's,/usr/local,$(PREFIX),' docs/systemd-user/$$f > $(DESTDIR)$(PREFIX)/lib/systemd/user/$$f || exit 1; done
	install -D -m 644 $(BUILD)/completions/dialdesk.bash $(SHARE)/bash-completion/completions/dialdesk
	install -D -m 644 $(BUILD)/completions/dialdesk.zsh $(SHARE)/zsh/site-functions/_dialdesk
	install -D -m 644 $(BUILD)/completions/dialdesk.fish $(SHARE)/fish/vendor_completions.d/dialdesk.fish

uninstall:
	rm -rf $(DESTDIR)$(PREFIX)/lib/dialdesk $(SHARE)/dialdesk
	rm -f $(DESTDIR)$(PREFIX)/bin/dialdesk $(SHARE)/bash-completion/completions/dialdesk \
	    $(SHARE)/zsh/site-functions/_dialdesk $(SHARE)/fish/vendor_completions.d/dialdesk.fish
	rm -f $(patsubst docs/systemd/%,$(DESTDIR)$(PREFIX)/lib/systemd/system/%,$(wildcard docs/systemd/*))
	rm -f $(patsubst docs/systemd-user/%,$(DESTDIR)$(PREFIX)/lib/systemd/user/%,$(wildcard docs/systemd-user/*))
	for f in $(wildcard docs/*.[157]); do rm -f $(SHARE)/man/man$${f##*.}/$${f##*/}; done

# The README's pictures, from the cells that the screen tests compare; the manual's tables, from the program's.
pictures: all $(BUILD)/pictures/picture
	@sh tests/tools/pictures.sh $(BUILD)/pictures/picture
manual: all
	@DIALDESK='$(BUILD)/dialdesk' $(PYTHON) tests/lint/manual.py --write

coverage: deps
	$(MAKE) BUILD=$(BUILD)/coverage CFLAGS='--coverage' LDFLAGS='--coverage' WERROR= programs
	-+$(PYTHON) tests/run --build $(BUILD)/coverage --make '$(MAKE)' unit store screen cli
	gcovr --root . --object-directory $(BUILD)/coverage --filter src/ --print-summary \
	    --gcov-ignore-parse-errors

clean:
	rm -rf $(BUILD)

-include $(shell find $(BUILD) -path $(BUILD)/interop -prune -o -name '*.d' -print 2>/dev/null)
