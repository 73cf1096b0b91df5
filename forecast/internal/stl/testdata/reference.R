# Makes reference.json: robust stl() of R on UKgas with five robustness
# iterations, the most at which its partial sort still finds the true median
# of the remainders (from the sixth it takes order statistics 54 and 59 of 108).
# usage: Rscript reference.R > reference.json
x <- stl(UKgas, s.window = 13, robust = TRUE, inner = 1, outer = 5)
num <- function(x) paste0("[", paste(sprintf("%.15g", as.numeric(x)), collapse = ","), "]")
cat("{\"R\":\"", R.version.string, "\",\n\"y\":", num(UKgas), ",\n\"seasonal\":", num(x$time.series[, 1]),
  ",\n\"trend\":", num(x$time.series[, 2]), ",\n\"weights\":", num(x$weights), "}\n", sep = "")
