package main

import (
	"io"

	"fieldguide/build/check"
	"fieldguide/build/site"
)

// writeSARIF writes the findings as a log of SARIF 2.1.0 with one run.
func writeSARIF(w io.Writer, findings []site.Finding) error {
	run := sarifRun{Results: []sarifResult{}, ColumnKind: "unicodeCodePoints"}
	run.Tool.Driver.Name = "fieldguide"
	index := map[string]int{}
	for i, c := range check.All {
		index[c.Name] = i
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{ID: c.Name, ShortDescription: sarifText{c.Doc}})
	}
	for _, f := range findings {
		text := f.Message
		if f.Hint != "" {
			text += " (" + f.Hint + ")"
		}
		r := sarifResult{RuleID: f.Check, RuleIndex: index[f.Check], Level: string(f.Level), Message: sarifText{text}}
		place := sarifPlace{}
		place.Physical.Artifact.URI = f.File
		if f.Line > 0 {
			place.Physical.Region = &sarifRegion{StartLine: f.Line, StartColumn: f.Col}
		}
		r.Locations = []sarifPlace{place}
		run.Results = append(run.Results, r)
	}
	return encode(w, sarifLog{Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run}})
}

type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool struct {
		Driver struct {
			Name  string      `json:"name"`
			Rules []sarifRule `json:"rules"`
		} `json:"driver"`
	} `json:"tool"`
	ColumnKind string        `json:"columnKind"`
	Results    []sarifResult `json:"results"`
}

type sarifRule struct {
	ID               string    `json:"id"`
	ShortDescription sarifText `json:"shortDescription"`
}

type sarifText struct {
	Text string `json:"text"`
}

type sarifResult struct {
	RuleID    string       `json:"ruleId"`
	RuleIndex int          `json:"ruleIndex"`
	Level     string       `json:"level"`
	Message   sarifText    `json:"message"`
	Locations []sarifPlace `json:"locations"`
}

type sarifPlace struct {
	Physical struct {
		Artifact struct {
			URI string `json:"uri"`
		} `json:"artifactLocation"`
		Region *sarifRegion `json:"region,omitempty"`
	} `json:"physicalLocation"`
}

type sarifRegion struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn,omitempty"`
}
