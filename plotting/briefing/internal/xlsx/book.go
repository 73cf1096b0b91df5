package xlsx

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Options describe a workbook as a document.
type Options struct {
	Lang    string  // "zh" or "en"
	Title   string  // of the document
	Subject string  // what it is about
	Creator string  // who made it
	Version string  // of the content: a fingerprint
	Font    string  // of body text
	Charset int     // of the font: 134 (GB 2312) lets a program that lacks it choose another Chinese one; 0: unstated
	Size    float64 // of body text, points
}

// Book is a workbook being written. Its sheets are written one after the
// other or in any order; errors are kept and returned by Write.
type Book struct {
	File *excelize.File

	opts       Options
	font       string
	size       float64
	charset    int
	sheets     []*Sheet
	byPart     map[string]*Sheet
	styles     map[Style]int
	named      [len(builtins)][]int
	namedOrder []Named
	errs       []error
	tables     map[string]bool
}

// New begins a workbook.
func New(o Options) *Book {
	b := &Book{File: excelize.NewFile(), opts: o, font: o.Font, size: o.Size, charset: o.Charset, byPart: map[string]*Sheet{}, styles: map[Style]int{}, tables: map[string]bool{}}
	b.fail(b.File.SetDefaultFont(o.Font))
	return b
}

func (b *Book) fail(err error) {
	if err != nil {
		b.errs = append(b.errs, err)
	}
}

// Language tags of documents and charts.
var tags = map[string]string{"zh": "zh-CN", "en": "en-GB"}

// Write finishes the sheets and writes the workbook to w. Nothing is
// written if anything went wrong before.
func (b *Book) Write(w io.Writer) error {
	f := b.File
	defer f.Close()
	stamp := epoch.Format("2006-01-02T15:04:05Z")
	b.fail(f.SetDocProps(&excelize.DocProperties{
		Title: b.opts.Title, Subject: b.opts.Subject, Creator: b.opts.Creator, LastModifiedBy: b.opts.Creator, Language: tags[b.opts.Lang],
		Version: b.opts.Version, Created: stamp, Modified: stamp,
	}))
	b.fail(f.SetAppProps(&excelize.AppProperties{Application: "Microsoft Excel", AppVersion: "16.0300"}))
	f.SetActiveSheet(0)
	for _, s := range b.sheets {
		s.finish()
	}
	if err := errors.Join(b.errs...); err != nil {
		return err
	}
	var closed *finisher
	f.SetZipWriter(func(io.Writer) excelize.ZipWriter {
		closed = &finisher{w: w, book: b}
		return closed
	})
	// The finisher writes to w itself, so that the archive is not held twice.
	_, err := f.WriteToBuffer()
	return err
}

// ownPart is a part that the book adds.
type ownPart struct {
	name string
	data []byte
}

// ownParts returns the parts that excelize does not write, and their entries
// in the content types.
func (b *Book) ownParts() (parts []ownPart, types []string) {
	png := false
	images := map[string]string{} // content → part
	drawings, tables, charts := 0, 0, 0
	override := func(name, kind string) {
		types = append(types, fmt.Sprintf(`<Override PartName="/%s" ContentType="application/vnd.openxmlformats-officedocument.%s+xml"/>`, name, kind))
	}
	for _, s := range b.sheets {
		var rels []string
		if len(s.anchors) > 0 {
			drawings++
			var drels []string
			for i, a := range s.anchors {
				target, kind := "", ""
				if a.chart != nil {
					charts++
					target, kind = fmt.Sprintf("../charts/chart%d.xml", charts), "chart"
					name := fmt.Sprintf("xl/charts/chart%d.xml", charts)
					parts = append(parts, ownPart{name, []byte(a.chart.xml(tags[b.opts.Lang], b.opts.Font))})
					override(name, "drawingml.chart")
				} else {
					name, ok := images[string(a.png)]
					if !ok {
						name = fmt.Sprintf("image%d.png", len(images)+1)
						images[string(a.png)] = name
						parts = append(parts, ownPart{"xl/media/" + name, a.png})
						png = true
					}
					target, kind = "../media/"+name, "image"
				}
				drels = append(drels, relation(i+1, kind, target))
			}
			name := fmt.Sprintf("xl/drawings/drawing%d.xml", drawings)
			parts = append(parts, ownPart{name, []byte(drawingXML(s.anchors))})
			parts = append(parts, ownPart{fmt.Sprintf("xl/drawings/_rels/drawing%d.xml.rels", drawings), relations(drels)})
			override(name, "drawing")
			rels = append(rels, relation(1, "drawing", fmt.Sprintf("../drawings/drawing%d.xml", drawings)))
		}
		for i := range s.tables {
			tables++
			name := fmt.Sprintf("xl/tables/table%d.xml", tables)
			parts = append(parts, ownPart{name, []byte(s.tables[i].xml(tables))})
			override(name, "spreadsheetml.table")
			rels = append(rels, relation(2+i, "table", fmt.Sprintf("../tables/table%d.xml", tables)))
		}
		if len(rels) > 0 {
			parts = append(parts, ownPart{strings.Replace(s.part, "worksheets/", "worksheets/_rels/", 1) + ".rels", relations(rels)})
		}
	}
	if png {
		types = append(types, `<Default Extension="png" ContentType="image/png"/>`)
	}
	return parts, types
}

func relation(id int, kind, target string) string {
	return fmt.Sprintf(`<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/>`, id, kind, target)
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

func relations(rels []string) []byte {
	return []byte(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + strings.Join(rels, "") + `</Relationships>`)
}

var (
	typesEntry = regexp.MustCompile(`<(Default|Override) [^>]*?(?:/>|></(?:Default|Override)>)`)
	emptyColor = []byte(`<color></color>`)
)

// patch returns a part as it is to be written, nil to leave it out.
func (b *Book) patch(name string, data []byte, types []string) ([]byte, error) {
	switch name {
	case "[Content_Types].xml":
		var defaults, overrides []string
		enter := func(e string) {
			e = strings.NewReplacer("></Default>", "/>", "></Override>", "/>").Replace(e)
			switch {
			case strings.Contains(e, `Extension="bin"`): // macros, which there are none of
			case strings.HasPrefix(e, "<Default"):
				defaults = append(defaults, e)
			default:
				overrides = append(overrides, e)
			}
		}
		for _, e := range typesEntry.FindAll(data, -1) {
			enter(string(e))
		}
		for _, e := range types {
			enter(e)
		}
		slices.Sort(defaults)
		slices.Sort(overrides)
		return []byte(xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` + strings.Join(slices.Compact(defaults), "") + strings.Join(slices.Compact(overrides), "") + `</Types>`), nil
	case "xl/styles.xml":
		data, err := b.patchStyles(data)
		if err != nil {
			return nil, err
		}
		return bytes.ReplaceAll(data, emptyColor, nil), nil
	case "xl/theme/theme1.xml":
		// Titles of charts and shapes take the theme's fonts.
		if b.opts.Lang == "zh" {
			data = bytes.ReplaceAll(data, []byte(`<a:ea typeface=""/>`), []byte(`<a:ea typeface="`+escape(b.opts.Font)+`"/>`))
		}
	}
	return data, nil
}
