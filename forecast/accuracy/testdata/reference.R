# Makes reference.json: dm.test() and accuracy() of R's forecast package for
# naive and drift forecasts of the last values of Nile and UKgas.
# usage: Rscript reference.R > reference.json     needs r-cran-forecast
suppressMessages(library(forecast))
num <- function(x) paste0("[", paste(sprintf("%.15g", as.numeric(x)), collapse = ","), "]")
fields <- function(x) paste0("{", paste0("\"", names(x), "\":", x, collapse = ",\n"), "}")
one <- function(y, h) {
  n <- length(y); m <- frequency(y)
  train <- subset(y, end = n - 12); test <- subset(y, start = n - 11)
  f <- snaive(train, h = 12); g <- rwf(train, h = 12, drift = TRUE)
  e1 <- residuals(naive(y)); e2 <- residuals(meanf(y)); keep <- !is.na(e1) & !is.na(e2)
  e1 <- as.numeric(e1[keep]); e2 <- as.numeric(e2[keep])
  dm <- function(h, power) { r <- dm.test(e1, e2, h = h, power = power); c(r$statistic, r$p.value) }
  acc <- function(f) accuracy(f, test)["Test set", c("MAPE", "MASE")]
  fields(list(m = m, train = num(train), test = num(test), f = num(f$mean), g = num(g$mean),
    accF = num(acc(f)), accG = num(acc(g)), e1 = num(e1), e2 = num(e2),
    dm = paste0("[", paste(num(dm(1, 2)), num(dm(1, 1)), num(dm(4, 2)), num(dm(4, 1)), sep = ","), "]")))
}
cat(fields(list(R = paste0("\"", R.version.string, "\""), forecast = paste0("\"", packageVersion("forecast"), "\""),
  Nile = one(Nile), UKgas = one(UKgas), lynx = one(log(lynx)))), "\n", sep = "")
