package main

import (
	"bytes"
	"encoding/base64"
	"html/template"
	"io"

	"example.com/zhibiao/plotting"
)

// index is the page that shows all charts. It holds the pictures themselves,
// so that it can be sent by mail alone.
type index struct {
	Items []item
}

type item struct {
	Lang, Base, Kind, Alt string
	SVG                   template.URL
}

func (x *index) add(lang, base, kind string, pic *plotting.Picture) error {
	var b bytes.Buffer
	if err := pic.Encode(&b, plotting.SVG); err != nil {
		return err
	}
	x.Items = append(x.Items, item{
		Lang: lang, Base: base, Kind: kind, Alt: pic.Alt(),
		SVG: template.URL("data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString(b.Bytes())),
	})
	return nil
}

const page = `<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>图表示例 Chart gallery</title>
<style>
body { font-family: system-ui, sans-serif; color: #1a1a1a; background: #f4f4f4; margin: 1.5rem auto; max-width: 1700px; padding: 0 1rem; }
main { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 560px), 1fr)); gap: 1.5rem; align-items: start; }
figure { margin: 0; background: #fff; padding: .5rem; }
figure img { width: 100%; height: auto; display: block; }
figcaption { font-size: .85rem; color: #555; padding: .5rem; }
</style>
</head>
<body>
<h1>图表示例 Chart gallery</h1>
<main>
{{- range .Items}}
<figure lang="{{.Lang}}">
<img src="{{.SVG}}" alt="{{.Alt}}">
<figcaption>{{.Kind}} · <a href="{{.Base}}.png">PNG</a> · <a href="{{.Base}}.svg">SVG</a> · <a href="{{.Base}}.pdf">PDF</a></figcaption>
</figure>
{{- end}}
</main>
</body>
</html>
`

func (x *index) write(w io.Writer) error {
	t, err := template.New("index").Parse(page)
	if err != nil {
		return err
	}
	return t.Execute(w, x)
}
