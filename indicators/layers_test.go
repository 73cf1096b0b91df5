package indicators_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// layers says what the non-test files of a folder may import beside the
// standard library. The longest matching folder decides; "@" is the module.
// A trailing /... covers the folders below.
var layers = []struct {
	folder string
	may    []string
}{
	{"indicators", nil},
	{"indicators/report", []string{"@/indicators"}},
	{"indicators/sdmx", []string{"@/indicators"}},
	{"indicators/tabular", []string{"@/indicators", "github.com/xuri/excelize/v2", "golang.org/x/text/..."}},
	{"indicators/document", []string{"@/indicators", "github.com/xuri/excelize/v2", "golang.org/x/text/...", "github.com/ledongthuc/pdf"}},
	{"forecast", []string{"@/indicators", "@/forecast/internal/plain", "gonum.org/v1/gonum/..."}},
	{"forecast/internal", []string{"@/forecast", "@/forecast/internal/...", "gonum.org/v1/gonum/..."}},
	// The leaf families: numbers in, distributions out.
	{"forecast/baseline", leaf}, {"forecast/ets", leaf}, {"forecast/theta", leaf}, {"forecast/arima", leaf}, {"forecast/ces", leaf},
	{"forecast/pooled", leaf}, {"forecast/grey", leaf},
	{"forecast/diagnostics", leaf},
	{"forecast/seasonal", families}, {"forecast/combine", families}, {"forecast/auto", families},
	{"forecast/progress", []string{"@/indicators", "@/forecast", "gonum.org/v1/gonum/..."}},
	{"forecast/accuracy", []string{"@/forecast", "@/forecast/baseline", "@/forecast/seasonal", "@/forecast/internal/...", "gonum.org/v1/gonum/..."}},
	{"forecast/forecasttest", []string{"@/forecast"}},
	{"plotting", []string{"@/indicators", "@/forecast", "@/forecast/progress", "@/plotting/cjk", "@/plotting/internal/...", "gonum.org/v1/plot/...", "gonum.org/v1/plot", "codeberg.org/go-pdf/fpdf", "golang.org/x/image/..."}},
	{"plotting/cjk", []string{"gonum.org/v1/plot/font", "golang.org/x/image/..."}},
	{"plotting/briefing", []string{"@/indicators", "@/indicators/tabular", "@/forecast", "@/forecast/progress", "@/plotting", "@/plotting/briefing/internal/...", "github.com/xuri/excelize/v2"}},
	{"seeds", []string{"@/indicators"}},
	{"examples", []string{"*"}},
}

var (
	leaf     = []string{"@/forecast", "@/forecast/internal/...", "gonum.org/v1/gonum/..."}
	families = append([]string{"@/forecast/baseline", "@/forecast/ets", "@/forecast/theta", "@/forecast/arima", "@/forecast/ces", "@/forecast/pooled", "@/forecast/grey", "@/forecast/diagnostics", "@/forecast/seasonal", "@/forecast/combine"}, leaf...)
)

// TestLayers reads the files themselves, so that a cached result cannot
// answer for a violation planted since.
func TestLayers(t *testing.T) {
	root := ".."
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	module := strings.Fields(string(mod))[1]
	files := 0
	err = filepath.WalkDir(root, func(p string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel := filepath.ToSlash(strings.TrimPrefix(strings.TrimPrefix(p, root), string(filepath.Separator)))
		if e.IsDir() {
			if n := e.Name(); p != root && (strings.HasPrefix(n, ".") || n == "testdata") {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go") {
			return nil
		}
		files++
		dir := path.Dir(rel)
		may, ok := rule(dir)
		if !ok {
			t.Errorf("%s: the folder is in no layer; add it to the table and to the architecture", dir)
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), p, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, im := range f.Imports {
			imp, _ := strconv.Unquote(im.Path.Value)
			if !allowed(imp, module, may) {
				t.Errorf("%s imports %s, which its layer may not", rel, imp)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 10 {
		t.Errorf("only %d files seen: the walk is broken", files)
	}
	// The test must be able to fail.
	if allowed(module+"/plotting", module, nil) || allowed("github.com/xuri/excelize/v2", module, leaf) || !allowed("math", module, nil) {
		t.Error("the rule lets everything through")
	}
}

func rule(dir string) (may []string, ok bool) {
	best := -1
	for _, l := range layers {
		if (dir == l.folder || strings.HasPrefix(dir, l.folder+"/")) && len(l.folder) > best {
			// A folder below the root of forecast or indicators that is not
			// named has no layer: only internal packages are free.
			if dir != l.folder && (l.folder == "forecast" || l.folder == "indicators") {
				continue
			}
			best, may, ok = len(l.folder), l.may, true
		}
	}
	return may, ok
}

func allowed(imp, module string, may []string) bool {
	if first, _, _ := strings.Cut(imp, "/"); !strings.Contains(first, ".") || imp == "C" {
		return imp != "C"
	}
	for _, m := range may {
		m = strings.Replace(m, "@", module, 1)
		if m == "*" || m == imp {
			return true
		}
		if base, ok := strings.CutSuffix(m, "/..."); ok && strings.HasPrefix(imp, base+"/") {
			return true
		}
	}
	return false
}
