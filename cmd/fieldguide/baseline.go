package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"fieldguide/build/site"
)

// baseline is what was found before, and how often: what stands on another line by now is not new.
type baseline map[site.Finding]int

const howToWrite = "; write it with `fieldguide check --format json > "

// readBaseline reads findings that `check --format json` has written.
func readBaseline(file string) (baseline, error) {
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, usageError{fmt.Errorf("there is no file %s%s%s`", file, howToWrite, file)}
	}
	if err != nil {
		return nil, err
	}
	var list []site.Finding
	if err := json.Unmarshal(data, &list); err != nil {
		return nil, usageError{fmt.Errorf("%s holds no findings (%w)%s%s`", file, err, howToWrite, file)}
	}
	b := baseline{}
	for _, f := range list {
		b[f.Same()]++
	}
	return b, nil
}

// news returns the findings that the baseline has not, or not so often, and how many it has.
func (b baseline) news(findings []site.Finding) (list []site.Finding, old int) {
	left := baseline{}
	for f, n := range b {
		left[f] = n
	}
	for _, f := range findings {
		if k := f.Same(); left[k] > 0 {
			left[k]--
			old++
		} else {
			list = append(list, f)
		}
	}
	return list, old
}
