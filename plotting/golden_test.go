package plotting_test

import (
	"encoding/xml"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"

	"gonum.org/v1/plot/cmpimg"
)

// The goldens are made anew with
//
//	go test ./plotting -run Golden -regen
//
// and must then be looked at. Pixels may differ by antialiasing between
// releases of Go.
func TestGolden(t *testing.T) {
	const delta = 0.02
	for _, g := range []struct {
		file    string
		example func()
	}{
		{"fan.png", ExampleFanChart},
		{"mono.png", ExampleFanChart_english},
		{"history.png", ExampleFanChart_history},
		{"overview.png", ExampleOverview},
		{"bullet.png", ExampleBulletChart},
		{"progress.png", ExampleProgressChart},
		{"multiples.png", ExampleSmallMultiples},
		{"growth.png", ExampleGrowthChart},
		{"waterfall.png", ExampleWaterfallChart},
		{"correlation.png", ExampleCorrelationChart},
		{"page.png", ExamplePage_Draw},
	} {
		t.Run(g.file, func(t *testing.T) { cmpimg.CheckPlotApprox(quiet(t, g.example), t, delta, g.file) })
	}
}

// quiet keeps what an example prints out of the test's output.
func quiet(t *testing.T, f func()) func() {
	return func() {
		null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer null.Close()
		out := os.Stdout
		os.Stdout = null
		defer func() { os.Stdout = out }()
		f()
	}
}

// TestGoldenContent compares SVG and PDF by what they say: words, their order,
// and the shapes of SVG.
func TestGoldenContent(t *testing.T) {
	quiet(t, ExampleFanChart)()
	b, err := os.ReadFile("testdata/fan.svg")
	if err != nil {
		t.Fatal(err)
	}
	compareText(t, "testdata/fan-svg_golden.txt", svgContent(t, string(b)))
	if len(b) >= 60<<10 {
		t.Errorf("SVG has %d bytes, want fewer than 60 KB", len(b))
	}

	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext is not installed")
	}
	text, err := exec.Command("pdftotext", "-enc", "UTF-8", "testdata/fan.pdf", "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"按当前趋势，地区生产总值2026年达到1500亿元的可能性不足1%", "目标 ≥1,500", "需年均16.5%", "数据来源：洛阳市涧西区2022年政府工作报告", "2021年"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("pdftotext does not return %q but\n%s", want, text)
		}
	}
}

func compareText(t *testing.T, golden, got string) {
	t.Helper()
	if *cmpimg.GenerateTestData {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != strings.ReplaceAll(string(want), "\r", "") {
		t.Errorf("%s differs; got\n%s", golden, got)
	}
}

// svgContent lists title, description, words with their colours, and shapes.
func svgContent(t *testing.T, svg string) string {
	t.Helper()
	var out strings.Builder
	d := xml.NewDecoder(strings.NewReader(svg))
	chars := ""
	used := map[string]bool{}
	defined := map[string]bool{}
	for {
		tok, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("SVG is not well-formed: %v", err)
		}
		switch e := tok.(type) {
		case xml.StartElement:
			chars = ""
			a := map[string]string{}
			for _, x := range e.Attr {
				a[x.Name.Local] = x.Value
			}
			switch e.Name.Local {
			case "svg":
				out.WriteString("svg " + a["viewBox"] + " " + a["lang"] + " " + a["role"] + "\n")
			case "g":
				out.WriteString("text " + a["fill"] + " " + a["aria-label"] + "\n")
			case "use":
				used[strings.TrimPrefix(a["href"], "#")] = true
			case "path":
				if a["id"] != "" {
					defined[a["id"]] = true
				} else if a["fill"] != "" {
					out.WriteString("path " + a["fill"] + " " + a["stroke"] + " " + a["stroke-width"] + " " + a["stroke-dasharray"] + "\n")
				}
			}
		case xml.CharData:
			chars += string(e)
		case xml.EndElement:
			if n := e.Name.Local; n == "title" || n == "desc" {
				out.WriteString(n + " " + chars + "\n")
			}
		}
	}
	for id := range used {
		if !defined[id] {
			t.Errorf("SVG uses %q, which is not defined", id)
		}
	}
	for id := range defined {
		if !used[id] {
			t.Errorf("SVG defines %q, which is not used", id)
		}
	}
	return out.String()
}
