# Makes reference.json: naive(), rwf(drift = TRUE), meanf() and snaive() of R's
# forecast package on series of base R. half95 is half the width of the 95 %
# interval: normal for naive, drift and seasonal naive, Student t for the mean.
suppressMessages(library(forecast))
h <- 10
series <- list(Nile = Nile, WWWusage = WWWusage, uspop = ts(as.numeric(uspop)), LakeHuron = LakeHuron,
  short = ts(c(612, 645, 698)), AirPassengers = AirPassengers, UKgas = UKgas)
one <- function(f) list(mean = as.numeric(f$mean), half95 = as.numeric(f$upper[, 2] - f$mean))
out <- lapply(series, function(y) list(season = frequency(y), y = as.numeric(y),
  naive = one(naive(y, h = h, level = c(80, 95))),
  drift = one(rwf(y, h = h, drift = TRUE, level = c(80, 95))),
  mean = one(meanf(y, h = h, level = c(80, 95))),
  snaive = one(snaive(y, h = h, level = c(80, 95)))))
json <- function(x) {
  if (is.list(x)) return(paste0("{", paste0("\"", names(x), "\":", vapply(x, json, ""), collapse = ",\n"), "}"))
  s <- if (is.character(x)) paste0("\"", x, "\"") else sprintf("%.15g", x)
  if (length(s) == 1 && is.character(x)) s else paste0("[", paste(s, collapse = ","), "]")
}
cat(json(list(R = R.version.string, forecast = as.character(packageVersion("forecast")), series = out)), "\n", sep = "")
