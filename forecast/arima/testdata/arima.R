# Reference values for the package's tests. usage: Rscript arima.R > arima.json
# The series are simulated here, rounded to four decimals; the values are those
# of stats::arima (method ML) and of forecast::Arima.
suppressMessages(library(forecast))
set.seed(20261124)
num <- function(x) ifelse(is.na(x), "null", sprintf("%.15g", x))
arr <- function(x) paste0("[", paste(num(as.numeric(x)), collapse = ","), "]")
out <- character()
emit <- function(name, y, order, seasonal = c(0, 0, 0), m = 1, mean = FALSE, x = NULL, diffed = FALSE) {
  y <- round(y, 4)
  z <- y
  o <- order; s <- seasonal
  if (diffed) { # the exact likelihood of a differenced model is that of the differences
    if (s[2] > 0) z <- diff(z, lag = m, differences = s[2])
    if (o[2] > 0) z <- diff(z, differences = o[2])
    o[2] <- 0; s[2] <- 0
  }
  n <- length(z)
  xr <- if (is.null(x)) NULL else round(x, 4)[seq_len(n)]
  fit <- arima(z, order = o, seasonal = list(order = s, period = m), include.mean = mean, xreg = xr, method = "ML",
               optim.control = list(reltol = 1e-14, maxit = 2000))
  xn <- if (is.null(x)) NULL else round(x, 4)[n + 1:8]
  p <- predict(fit, n.ahead = 8, newxreg = xn)
  se <- if (length(fit$coef)) sqrt(diag(fit$var.coef)) else numeric()
  out <<- c(out, sprintf(paste0('{"name":"%s","y":%s,"x":%s,"order":%s,"seasonal":%s,"m":%d,"constant":%s,"diffed":%s,"coef":%s,"se":%s,',
    '"loglik":%s,"sigma2":%s,"nobs":%d,"residuals":%s,"mean":%s,"fse":%s}'),
    name, arr(y), if (is.null(x)) "null" else arr(round(x, 4)), arr(order), arr(seasonal), m, tolower(mean), tolower(diffed), arr(fit$coef), arr(se),
    num(fit$loglik), num(fit$sigma2), fit$nobs, arr(fit$residuals), arr(p$pred), arr(p$se)))
}
sim <- function(n, ar = NULL, ma = NULL, sd = 1) as.numeric(arima.sim(list(ar = ar, ma = ma), n, sd = sd))
emit("white noise", 10 + rnorm(25), c(0, 0, 0), mean = TRUE)
emit("ar2", 50 + sim(60, c(0.9, -0.4), sd = 3), c(2, 0, 0), mean = TRUE)
emit("ma2", sim(30, ma = c(0.4, 0.5)), c(0, 0, 2))
emit("arma21", 5 + sim(80, c(0.7, -0.3), 0.4), c(2, 0, 1), mean = TRUE)
emit("arma13", sim(90, 0.6, c(0.3, -0.2, 0.3)), c(1, 0, 3))
s <- sim(72, c(0.5, 0, 0, 0.6, -0.3), c(0.3, 0, 0, -0.4, -0.12))
emit("seasonal arma", 20 + s, c(1, 0, 1), c(1, 0, 1), 4, mean = TRUE)
emit("seasonal ma", sim(84, ma = c(-0.4, rep(0, 10), -0.5, 0.2)), c(0, 0, 1), c(0, 0, 1), 12)
g <- 30 + sim(50, 0.8, 0.3); g[c(3, 4, 17, 31, 32, 33, 49)] <- NA
emit("gaps", g, c(1, 0, 1), mean = TRUE)
x <- cumsum(rnorm(58)); e <- sim(50, 0.6)
emit("regressor", 3 + 1.5 * x[1:50] + e, c(1, 0, 0), mean = TRUE, x = x)
w <- cumsum(sim(60, ma = -0.5))
emit("ima1", 100 + w, c(0, 1, 1), diffed = TRUE)
emit("ima2", cumsum(cumsum(sim(40, ma = -0.6))), c(0, 2, 1), diffed = TRUE)
emit("ari2", cumsum(sim(45, c(0.5, 0.2))), c(2, 1, 0), diffed = TRUE)
a <- sim(64, ma = c(-0.4, 0, 0, -0.6, 0.24)); for (i in 5:64) a[i] <- a[i] + a[i - 4]; a <- cumsum(a)
emit("airline", a, c(0, 1, 1), c(0, 1, 1), 4, diffed = TRUE)
# The same on the scale of the series: R's start is diffuse but for 1e-6.
emit("airline level", a, c(0, 1, 1), c(0, 1, 1), 4)
emit("ima1 level", 100 + w, c(0, 1, 1))
g <- 100 + w; g[c(5, 6, 20, 40, 59)] <- NA
emit("ima1 gaps", g, c(0, 1, 1))
b <- a; b[c(7, 22, 23, 50)] <- NA
emit("airline gaps", b, c(0, 1, 1), c(0, 1, 1), 4)
cat(sprintf('{"made":"Rscript arima.R","R":"%s","forecast":"%s","cases":[\n%s\n]}\n', getRversion(), packageVersion("forecast"), paste(out, collapse = ",\n")))
