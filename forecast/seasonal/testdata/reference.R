# Makes reference.json: kruskal.test() of R over the seasons of differenced
# series of base R, one with ties.
# usage: Rscript reference.R > reference.json
num <- function(x) paste0("[", paste(sprintf("%.15g", as.numeric(x)), collapse = ","), "]")
one <- function(y, m) {
  y <- round(as.numeric(y), 3)
  k <- kruskal.test(y, (seq_along(y) - 1) %% m)
  paste0("{\"m\":", m, ",\"y\":", num(y), ",\"stat\":", sprintf("%.15g", k$statistic), ",\"p\":", sprintf("%.15g", k$p.value), "}")
}
cat("{\"R\":\"", R.version.string, "\",\n\"series\":[", paste(one(diff(UKgas), 4), one(diff(austres), 4),
  one(diff(discoveries), 5), one(diff(AirPassengers), 12), sep = ",\n"), "]}\n", sep = "")
