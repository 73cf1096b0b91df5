// Package xlsx writes Excel workbooks that are the same bytes for the same
// content and that say what was meant. Cells go through excelize's stream
// writer, so that memory stays small; what excelize cannot write, or writes
// wrongly, is added by a finishing step of this package's own while the parts
// pass into the archive: charts with caches, drawings with alternative texts,
// sparklines, data bars with limits, traffic lights with stated thresholds,
// named cell styles, tables, links, the order of parts and their times.
package xlsx
