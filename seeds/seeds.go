// Package seeds holds the report that the examples and tests work from: the
// 2022 work report of Jianxi District (涧西区), Luoyang, byte for byte, and its
// figures as reviewed by hand. It has no logic: Jianxi returns the figures as
// a dataset, JianxiReport the text that they quote.
package seeds

import (
	_ "embed"
	"strings"

	"example.com/zhibiao/indicators"
)

// JianxiDoc is the key of the report among the documents of the dataset.
const JianxiDoc = "jianxi-2022"

//go:embed jianxi-2022.txt
var jianxiText string

//go:embed jianxi-2022.csv
var jianxiFigures string

//go:embed documents.csv
var documents string

//go:embed exceptions.csv
var exceptions string

// JianxiReport returns the text of the report, UTF-8 as published.
func JianxiReport() string { return jianxiText }

// JianxiFigures returns the reviewed figures in the layout of figures.csv.
func JianxiFigures() string { return jianxiFigures }

// Exceptions returns the digit runs of the report's body that are no figures,
// with the reason, as CSV: start,end,text,reason (byte offsets, half open).
func Exceptions() string { return exceptions }

// Jianxi returns a fresh dataset of the report's figures. It panics if the
// embedded files are damaged.
func Jianxi() *indicators.Dataset {
	claims, err := indicators.ReadFigures(strings.NewReader(jianxiFigures), "seeds/jianxi-2022.csv")
	if err != nil {
		panic("seeds: damaged figures: " + err.Error())
	}
	docs, err := indicators.ReadDocuments(strings.NewReader(documents), "seeds/documents.csv")
	if err != nil {
		panic("seeds: damaged documents: " + err.Error())
	}
	return &indicators.Dataset{Claims: claims, Documents: docs}
}
