// Package tabular reads and writes tables of indicators that people fill in:
// the history sheet, one row a series and one column a year, as an Excel
// workbook or as CSV.
//
// WriteHistory makes a sheet prefilled with the indicators of a dataset;
// an analyst adds the years that a report does not print, with source and
// page; ReadHistory turns them into claims. What is read must agree with what
// the sheet says: a number that is not one, a row without a source, a merged
// cell or a formula with an error is refused with sheet and cell named, all
// faults of a file at once. Files are not trusted: zip bombs, broken XML and
// oversized sheets are refused in bounded memory and time.
package tabular
