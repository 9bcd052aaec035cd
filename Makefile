# One command each. "make test" is what decides; it runs everything there is.

.PHONY: build serve test quick race tools tidy fuzz bench bench-hugo

build:
	go run ./cmd/fieldguide build

serve:
	go run ./cmd/fieldguide serve

# Two packages at a time, whose tests wait for programs and for one core. Those of
# search come alone, because one counts the seconds that people wait, and the
# judges last: browsers want both cores.
# They say what each of them cost.
test: tools tidy
	FIELDGUIDE_TOOLS=required go test -p 2 -timeout 60m $$(go list ./... | grep -v -e /judges -e /search)
	FIELDGUIDE_TOOLS=required go test -timeout 60m ./build/search
	cd build/judges && FIELDGUIDE_TOOLS=required go test -timeout 60m

# All but the judges; what needs a missing tool skips and says so.
quick:
	go test -short $$(go list ./... | grep -v /judges)

# The same and more with the race detector, which takes ten times as long.
race:
	go test -race -timeout 60m $$(go list ./... | grep -v /judges)

tools:
	@build/judges/install.sh

tidy:
	@files=$$(gofmt -l build cmd); test -z "$$files" || { echo "gofmt -w wants to change:" $$files >&2; exit 1; }
	go vet ./...

# Every fuzz target for half a minute.
fuzz:
	@for package in $$(go list ./...); do \
		for target in $$(go test -list '^Fuzz' $$package | grep '^Fuzz'); do \
			echo "$$package $$target"; \
			go test -run '^$$' -fuzz "^$$target$$" -fuzztime 30s $$package || exit 1; \
		done; \
	done

# In memory, where there is such a place: disks have moods.
bench:
	TMPDIR=$$(test -w /dev/shm && echo /dev/shm || echo /tmp) go test -run '^$$' -bench . -benchtime 1x ./...

# The same Markdown by Hugo, in turn: go install github.com/gohugoio/hugo@v0.165.0
bench-hugo:
	TMPDIR=$$(test -w /dev/shm && echo /dev/shm || echo /tmp) go test -run '^$$' -bench BenchmarkHugo -benchtime 3x -v ./build/bench
