// Command gallery draws every kind of chart of package plotting from the
// figures of the seed report, in Chinese and English, as PNG, SVG and PDF,
// with a page to look at them.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"

	"example.com/zhibiao/examples/internal/outdir"
	"example.com/zhibiao/plotting"
	"example.com/zhibiao/plotting/cjk"
)

func main() {
	out := flag.String("out", "gallery-out", "folder to write to")
	flag.Usage = func() {
		w := flag.CommandLine.Output()
		fmt.Fprintln(w, "usage: gallery [-out folder]\n\nDraws all charts from the seed report. Example:\n\n\tgo run ./examples/gallery -out charts\n\nand then open charts/index.html.")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(*out, os.Stdout, plotting.PNG, plotting.SVG, plotting.PDF); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// chart is any of the charts of package plotting.
type chart interface {
	Picture() (*plotting.Picture, error)
}

// exhibit is a chart with the name of its files and what it is an example of.
type exhibit struct {
	name string
	kind string
	chart
}

// run draws everything and writes it into the folder out in the given formats.
func run(out string, log io.Writer, formats ...plotting.Format) error {
	fonts, err := plotting.NewFonts(cjk.Collection())
	if err != nil {
		return err
	}
	dir, err := outdir.New(out, "en")
	if err != nil {
		return err
	}
	defer dir.Abort()
	var page index
	for _, lang := range []string{"zh", "en"} {
		exhibits, err := exhibits(fonts, lang)
		if err != nil {
			return err
		}
		for _, e := range exhibits {
			pic, err := e.Picture()
			if err != nil {
				return fmt.Errorf("%s, %s: %w", e.name, lang, err)
			}
			base := e.name + "-" + lang
			for _, f := range formats {
				if err := dir.Create(base+"."+string(f), func(w io.Writer) error { return pic.Encode(w, f) }); err != nil {
					return err
				}
			}
			if err := page.add(lang, base, e.kind, pic); err != nil {
				return err
			}
		}
	}
	if err := dir.Create("index.html", page.write); err != nil {
		return err
	}
	files, err := dir.Commit()
	if err != nil {
		return err
	}
	fmt.Fprintf(log, "%d files in %s; open index.html\n", len(files), out)
	return nil
}
