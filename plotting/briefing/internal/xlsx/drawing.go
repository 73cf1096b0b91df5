package xlsx

import (
	"fmt"
	"strings"
)

// anchor places a picture or a chart at a cell with a size of its own, so
// that it does not depend on row heights.
type anchor struct {
	col, row      int // of its upper left corner, counted from 1
	width, height int // points
	name, alt     string
	png           []byte
	chart         *Chart
}

const emu = 12700 // a point

// Picture places a PNG at a cell; width and height are in points. alt is its
// alternative text.
func (s *Sheet) Picture(col, row, width, height int, name, alt string, png []byte) {
	s.anchors = append(s.anchors, anchor{col: col, row: row, width: width, height: height, name: name, alt: alt, png: png})
}

// Chart places a chart at a cell; width and height are in points.
func (s *Sheet) Chart(col, row, width, height int, name, alt string, c *Chart) {
	s.anchors = append(s.anchors, anchor{col: col, row: row, width: width, height: height, name: name, alt: alt, chart: c})
}

func drawingXML(as []anchor) string {
	var b strings.Builder
	b.WriteString(xmlHead + `<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">`)
	for i, a := range as {
		id := i + 1
		fmt.Fprintf(&b, `<xdr:oneCellAnchor><xdr:from><xdr:col>%d</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>%d</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx="%d" cy="%d"/>`, a.col-1, a.row-1, a.width*emu, a.height*emu)
		props := fmt.Sprintf(`<xdr:cNvPr id="%d" name="%s" descr="%s"/>`, id+1, escape(a.name), escape(a.alt))
		if a.chart != nil {
			fmt.Fprintf(&b, `<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr>%s<xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="rId%d"/></a:graphicData></a:graphic></xdr:graphicFrame>`, props, id)
		} else {
			fmt.Fprintf(&b, `<xdr:pic><xdr:nvPicPr>%s<xdr:cNvPicPr><a:picLocks noChangeAspect="1"/></xdr:cNvPicPr></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rId%d"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic>`, props, id, a.width*emu, a.height*emu)
		}
		b.WriteString(`<xdr:clientData/></xdr:oneCellAnchor>`)
	}
	b.WriteString(`</xdr:wsDr>`)
	return b.String()
}
