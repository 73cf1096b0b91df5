// Package report reads Chinese government reports: a 政府工作报告, a 统计公报 or a
// monthly analysis goes in as text, and the figures come out as claims with
// indicator, number as printed, unit, qualifier, kind of statement, period,
// area, scope, status and the verbatim quote with its place. It rests on three
// things and on no segmenter, model or network: the number scanner of package
// indicators; a grammar of clauses (what stands before a number up to the
// clause boundary is taken apart from its end: 由A增加到B, 分别, 占…的, 高于全市…个百分点,
// 力争); and a vocabulary of standard names, which only settles spelling, unit,
// direction and English name, for a name that it does not hold is read all the
// same. Headings decide what is review and what is plan, headings and wording
// the period. Rules are general: none names a place, a year or a sentence.
//
// What the text leaves open stays open: alternative base years are carried as
// alternative periods, an enumeration whose values and subjects differ in
// number is refused and reported, a number without a subject is reported. The
// text may be hard-wrapped, with page numbers between the lines; quotes and
// offsets still point into it as it was given.
//
// Two choices where conventions differ: a range gives two claims, at least the
// lower and at most the upper end; 以上 behind the last value of an enumeration
// counts for all of them, with a note of the doubt.
package report
