# Reference values for the package's tests. usage: Rscript diagnostics.R > diagnostics.json
# The series are simulated here, rounded to four decimals.
suppressMessages({library(forecast); library(urca)})
set.seed(20261124)
num <- function(x) ifelse(is.na(x), "null", sprintf("%.15g", x))
arr <- function(x) paste0("[", paste(num(as.numeric(x)), collapse = ","), "]")
out <- character()
emit <- function(name, y, m = 1) {
  y <- round(y, 4); f <- y[!is.na(y)]
  lb <- function(x, l, d, type) { b <- Box.test(x, l, type, d); c(b$statistic, b$p.value) }
  box <- if (anyNA(y)) c(NA, NA, NA, NA) else c(lb(y, 6, 0, "Ljung"), lb(y, 6, 2, "Ljung"))
  bp <- if (anyNA(y)) c(NA, NA) else lb(y, 6, 0, "Box")
  kp <- function(type, lag) ur.kpss(f, type = type, use.lag = lag)@teststat
  df <- function(type, lag) ur.df(f, type = type, lags = lag)@teststat[1]
  p <- function(q, trend) punitroot(q, N = Inf, trend = trend, statistic = "t")
  a <- c(df("none", 1), df("drift", 2), df("trend", 3))
  out <<- c(out, sprintf('{"name":"%s","y":%s,"m":%d,"acf":%s,"pacf":%s,"box":%s,"boxpierce":%s,"kpss":%s,"adf":%s,"adfp":%s,"ndiffs":%d,"nsdiffs":%d}',
    name, arr(y), m, arr(acf(y, 8, plot = FALSE, na.action = na.pass)$acf[-1]), arr(pacf(y, 8, plot = FALSE, na.action = na.pass)$acf), arr(box), arr(bp),
    arr(c(kp("mu", 2), kp("tau", 2), kp("mu", 0))), arr(a), arr(c(p(a[1], "nc"), p(a[2], "c"), p(a[3], "ct"))), ndiffs(f), if (m > 1) nsdiffs(ts(y, frequency = m)) else 0L))
}
e <- rnorm(80)
emit("noise", e)
emit("ar1", 20 + as.numeric(arima.sim(list(ar = 0.7), 60)))
emit("walk", cumsum(rnorm(70)))
emit("drift", cumsum(0.8 + rnorm(40)))
emit("trend", 3 + 0.2 * (1:50) + rnorm(50))
emit("twice", cumsum(cumsum(rnorm(60))))
g <- 5 + as.numeric(arima.sim(list(ar = 0.5), 50)); g[c(7, 8, 30)] <- NA
emit("gaps", g)
emit("weak season", rnorm(48) + rep(c(0.2, -0.1, 0, -0.1), 12), 4)
emit("strong season", 10 + 0.1 * (1:48) + rnorm(48) + rep(c(5, -2, 1, -4), 12), 4)
emit("strong months", 10 + 0.1 * (1:96) + rnorm(96) + rep(6 * sin(2 * pi * (1:12) / 12), 8), 12)
cat(sprintf('{"made":"Rscript diagnostics.R","R":"%s","forecast":"%s","urca":"%s","cases":[\n%s\n]}\n', getRversion(), packageVersion("forecast"), packageVersion("urca"), paste(out, collapse = ",\n")))
