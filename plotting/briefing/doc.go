// Package briefing writes the Excel workbook that holds indicators against
// their targets: an overview that stands alone, a sheet for every headline
// indicator with a native chart, the sources of every figure, and what does
// not agree.
//
// A Briefing is plain data; Write turns it into a workbook. Two editions are
// made from it, one for leaders and one to work with, in two profiles, one
// after the habits of Chinese offices and one after the rules for accessible
// publication, in Chinese or English; none of them changes a figure. The same
// briefing gives the same bytes.
package briefing
