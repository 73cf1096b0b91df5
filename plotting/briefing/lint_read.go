package briefing

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// lintSheet is what the linter knows of a sheet.
type lintSheet struct {
	name    string
	rows    [][]string // as shown
	style   [][]int    // numbers of cell formats, as wide as the row
	types   [][]string // type of each cell: n, inlineStr, e, …
	look    *looks
	widths  map[int]float64 // of columns, from 1
	merged  []string
	tables  []lintTable
	frozen  bool
	filter  bool
	hidden  string // the first hidden row or column
	footer  string // header and footer text
	paper   string
	fit     bool
	titles  bool // rows to repeat in print
	drawing []drawnThing
	links   []string        // external targets
	sparks  map[string]bool // cells that hold a sparkline
}

type lintTable struct {
	name                   string
	ref                    string
	col1, row1, col2, row2 int
}

type drawnThing struct {
	kind, name, alt string
}

// looks are the formats of a workbook's cells.
type looks struct {
	Fonts []struct {
		Size struct {
			Val float64 `xml:"val,attr"`
		} `xml:"sz"`
		Name struct {
			Val string `xml:"val,attr"`
		} `xml:"name"`
	} `xml:"fonts>font"`
	Fills []struct {
		Pattern struct {
			Type string `xml:"patternType,attr"`
		} `xml:"patternFill"`
	} `xml:"fills>fill"`
	Borders []struct {
		Left   side `xml:"left"`
		Right  side `xml:"right"`
		Top    side `xml:"top"`
		Bottom side `xml:"bottom"`
	} `xml:"borders>border"`
	Formats []struct {
		ID   int    `xml:"numFmtId,attr"`
		Code string `xml:"formatCode,attr"`
	} `xml:"numFmts>numFmt"`
	Xfs []struct {
		Format int `xml:"numFmtId,attr"`
		Font   int `xml:"fontId,attr"`
		Fill   int `xml:"fillId,attr"`
		Border int `xml:"borderId,attr"`
	} `xml:"cellXfs>xf"`
}

type side struct {
	Style string `xml:"style,attr"`
}

func (k *looks) font(style int) (size float64, name string) {
	if style < len(k.Xfs) && k.Xfs[style].Font < len(k.Fonts) {
		f := &k.Fonts[k.Xfs[style].Font]
		return f.Size.Val, f.Name.Val
	}
	return 0, ""
}

func (k *looks) filled(style int) bool {
	if style < len(k.Xfs) && k.Xfs[style].Fill < len(k.Fills) {
		t := k.Fills[k.Xfs[style].Fill].Pattern.Type
		return t != "" && t != "none" && k.Xfs[style].Fill > 1
	}
	return false
}

func (k *looks) border(style int) (left, right, top, bottom string) {
	if style < len(k.Xfs) && k.Xfs[style].Border < len(k.Borders) {
		b := &k.Borders[k.Xfs[style].Border]
		return b.Left.Style, b.Right.Style, b.Top.Style, b.Bottom.Style
	}
	return
}

// readSheets gathers the facts of every worksheet.
func readSheets(f *excelize.File, zr *zip.Reader) ([]*lintSheet, error) {
	parts := map[string]*zip.File{}
	for _, p := range zr.File {
		parts[p.Name] = p
	}
	read := func(name string, v any) error {
		p := parts[name]
		if p == nil {
			return nil
		}
		rc, err := p.Open()
		if err != nil {
			return err
		}
		defer rc.Close()
		return xml.NewDecoder(rc).Decode(v)
	}
	k := &looks{}
	if err := read("xl/styles.xml", k); err != nil {
		return nil, err
	}
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
		Names []struct {
			Name  string `xml:"name,attr"`
			Local *int   `xml:"localSheetId,attr"`
		} `xml:"definedNames>definedName"`
	}
	if err := read("xl/workbook.xml", &book); err != nil {
		return nil, err
	}
	targets, err := relationships(read, "xl/_rels/workbook.xml.rels", "xl/")
	if err != nil {
		return nil, err
	}
	var out []*lintSheet
	for i, bs := range book.Sheets {
		part := targets[bs.ID].target
		p := parts[part]
		if p == nil || !strings.Contains(part, "worksheets/") {
			continue
		}
		s := &lintSheet{name: bs.Name, look: k, widths: map[int]float64{}}
		rc, err := p.Open()
		if err != nil {
			return nil, err
		}
		err = s.facts(rc)
		rc.Close()
		if err != nil {
			return nil, fmt.Errorf("sheet %s: %w", bs.Name, err)
		}
		for _, n := range book.Names {
			if n.Name == "_xlnm.Print_Titles" && n.Local != nil && *n.Local == i {
				s.titles = true
			}
		}
		dir := part[:strings.LastIndexByte(part, '/')+1]
		rels, err := relationships(read, dir+"_rels/"+part[len(dir):]+".rels", dir)
		if err != nil {
			return nil, err
		}
		for _, id := range sortedKeys(rels) {
			r := rels[id]
			switch {
			case strings.HasSuffix(r.kind, "/drawing"):
				var d struct {
					One []drawnAnchor `xml:"oneCellAnchor"`
					Two []drawnAnchor `xml:"twoCellAnchor"`
					Abs []drawnAnchor `xml:"absoluteAnchor"`
				}
				if err := read(r.target, &d); err != nil {
					return nil, err
				}
				for _, a := range append(append(d.One, d.Two...), d.Abs...) {
					s.drawing = append(s.drawing, a.thing())
				}
			case strings.HasSuffix(r.kind, "/table"):
				var t struct {
					Name string `xml:"displayName,attr"`
					Ref  string `xml:"ref,attr"`
				}
				if err := read(r.target, &t); err != nil {
					return nil, err
				}
				lt := lintTable{name: t.Name, ref: t.Ref}
				a, b, _ := strings.Cut(t.Ref, ":")
				lt.col1, lt.row1, err = excelize.CellNameToCoordinates(a)
				if err == nil {
					lt.col2, lt.row2, err = excelize.CellNameToCoordinates(b)
				}
				if err != nil {
					return nil, fmt.Errorf("table %s: range %q", t.Name, t.Ref)
				}
				s.tables = append(s.tables, lt)
			case strings.HasSuffix(r.kind, "/hyperlink") && r.external:
				s.links = append(s.links, r.target)
			}
		}
		if err := s.values(f); err != nil {
			return nil, fmt.Errorf("sheet %s: %w", bs.Name, err)
		}
		out = append(out, s)
	}
	return out, nil
}

type drawnAnchor struct {
	Picture *drawnProps `xml:"pic>nvPicPr>cNvPr"`
	Chart   *drawnProps `xml:"graphicFrame>nvGraphicFramePr>cNvPr"`
	Shape   *drawnProps `xml:"sp>nvSpPr>cNvPr"`
}

type drawnProps struct {
	Name  string `xml:"name,attr"`
	Alt   string `xml:"descr,attr"`
	Title string `xml:"title,attr"`
}

func (a drawnAnchor) thing() drawnThing {
	for _, x := range []struct {
		kind string
		p    *drawnProps
	}{{"picture", a.Picture}, {"chart", a.Chart}, {"shape", a.Shape}} {
		if x.p != nil {
			return drawnThing{x.kind, x.p.Name, x.p.Alt + x.p.Title}
		}
	}
	return drawnThing{kind: "shape"}
}

type relation struct {
	kind, target string
	external     bool
}

func relationships(read func(string, any) error, part, dir string) (map[string]relation, error) {
	var rels struct {
		R []struct {
			ID     string `xml:"Id,attr"`
			Type   string `xml:"Type,attr"`
			Target string `xml:"Target,attr"`
			Mode   string `xml:"TargetMode,attr"`
		} `xml:"Relationship"`
	}
	if err := read(part, &rels); err != nil {
		return nil, err
	}
	out := map[string]relation{}
	for _, r := range rels.R {
		t := r.Target
		if r.Mode != "External" {
			switch {
			case strings.HasPrefix(t, "/"):
				t = t[1:]
			default:
				base := strings.TrimSuffix(dir, "/")
				for strings.HasPrefix(t, "../") {
					t = t[3:]
					base = base[:max(strings.LastIndexByte(base, '/'), 0)]
				}
				if base != "" {
					t = base + "/" + t
				}
			}
		}
		out[r.ID] = relation{r.Type, t, r.Mode == "External"}
	}
	return out, nil
}

func sortedKeys(m map[string]relation) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sortStrings(out)
	return out
}

// facts reads what is said beside the values.
func (s *lintSheet) facts(r io.Reader) error {
	d := xml.NewDecoder(r)
	inFooter, inSpark := false, false
	s.sparks = map[string]bool{}
	row := 0
	for {
		t, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.CharData:
			if inFooter {
				s.footer += string(t)
			}
			if inSpark {
				s.sparks[strings.TrimSpace(string(t))] = true
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "headerFooter":
				inFooter = false
			case "sparkline":
				inSpark = false
			}
		case xml.StartElement:
			attr := func(k string) string {
				for _, a := range t.Attr {
					if a.Name.Local == k && a.Name.Space == "" {
						return a.Value
					}
				}
				return ""
			}
			hidden := attr("hidden") == "1" || attr("hidden") == "true"
			switch t.Name.Local {
			case "pageSetUpPr":
				s.fit = attr("fitToPage") == "1" || attr("fitToPage") == "true"
			case "pane":
				s.frozen = s.frozen || strings.HasPrefix(attr("state"), "frozen")
			case "col":
				a, _ := strconv.Atoi(attr("min"))
				b, _ := strconv.Atoi(attr("max"))
				w, _ := strconv.ParseFloat(attr("width"), 64)
				for i := a; i <= min(b, 200); i++ {
					s.widths[i] = w
				}
				if hidden && s.hidden == "" {
					s.hidden, _ = excelize.CoordinatesToCellName(max(a, 1), 1)
				}
			case "row":
				row++
				if n, err := strconv.Atoi(attr("r")); err == nil {
					row = n
				}
				if hidden && s.hidden == "" {
					s.hidden = fmt.Sprintf("A%d", row)
				}
			case "c":
				col, r, err := excelize.CellNameToCoordinates(attr("r"))
				if err != nil || r > lintRows || col > 200 {
					continue
				}
				style, _ := strconv.Atoi(attr("s"))
				for len(s.style) < r {
					s.style, s.types = append(s.style, nil), append(s.types, nil)
				}
				for len(s.style[r-1]) < col {
					s.style[r-1], s.types[r-1] = append(s.style[r-1], 0), append(s.types[r-1], "")
				}
				s.style[r-1][col-1], s.types[r-1][col-1] = style, attr("t")
			case "sparkline":
				inSpark = true // its place is a text among its elements
			case "mergeCell":
				s.merged = append(s.merged, attr("ref"))
			case "autoFilter":
				s.filter = true
			case "pageSetup":
				s.paper = attr("paperSize")
			case "headerFooter":
				inFooter = true
			}
		}
	}
}

// values reads the cells as they are shown.
func (s *lintSheet) values(f *excelize.File) error {
	rows, err := f.Rows(s.name)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() && len(s.rows) < lintRows {
		cells, err := rows.Columns()
		if err != nil {
			return err
		}
		s.rows = append(s.rows, cells)
	}
	for len(s.rows) > 0 && blankRow(s.rows[len(s.rows)-1]) {
		s.rows = s.rows[:len(s.rows)-1]
	}
	return rows.Error()
}

// at returns the text of a cell, column and row from 1.
func (s *lintSheet) at(col, row int) string {
	if row < 1 || row > len(s.rows) || col < 1 || col > len(s.rows[row-1]) {
		return ""
	}
	return strings.TrimSpace(s.rows[row-1][col-1])
}

// styleAt returns the number of a cell's format, 0 if it has none.
func (s *lintSheet) styleAt(col, row int) int {
	if row < 1 || row > len(s.style) || col < 1 || col > len(s.style[row-1]) {
		return 0
	}
	return s.style[row-1][col-1]
}

// typeAt returns the type of a cell; number is empty or n.
func (s *lintSheet) typeAt(col, row int) string {
	if row < 1 || row > len(s.types) || col < 1 || col > len(s.types[row-1]) {
		return ""
	}
	return s.types[row-1][col-1]
}

func blankRow(r []string) bool {
	for _, c := range r {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}
