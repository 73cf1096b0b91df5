# Makes reference.json: thetaf() of R's forecast package on series of base R,
# and the state-space Theta models of Fiorucci et al. (2016) at given
# parameters, written out from the equations of the paper.
# usage: Rscript reference.R > reference.json     needs r-cran-forecast
suppressMessages(library(forecast))
h <- 8
num <- function(x) as.numeric(format(as.numeric(x), digits = 15))
series <- list(Nile = Nile, lynx = lynx, WWWusage = WWWusage, uspop = ts(as.numeric(uspop)),
  LakeHuron = LakeHuron, discoveries = discoveries, airmiles = airmiles,
  AirPassengers = AirPassengers, USAccDeaths = USAccDeaths, UKgas = UKgas,
  austres = austres, JohnsonJohnson = JohnsonJohnson)

# The equations; dynamic: the line learns. y is fed with its own forecasts.
model <- function(y, l0, alpha, theta, dynamic) {
  n <- length(y); w <- 1 - 1 / theta
  if (!dynamic) { B <- cov(y, 1:n) / var(1:n); A <- mean(y) - B * (n + 1) / 2 } else { A <- 0; B <- 0 }
  l <- l0; ybar <- 0; e <- numeric(n); mean <- numeric(h)
  for (t in 1:(n + h)) {
    mu <- l + w * ((1 - alpha)^(t - 1) * A + (1 - (1 - alpha)^t) / alpha * B)
    if (t <= n) { v <- y[t]; e[t] <- v - mu } else { v <- mu; mean[t - n] <- mu }
    l <- alpha * v + (1 - alpha) * l
    if (dynamic) {
      old <- ybar
      ybar <- ((t - 1) * ybar + v) / t
      B <- if (t == 1) 0 else ((t - 2) * B + 6 * (v - old) / t) / (t + 1)
      A <- ybar - B * (t + 1) / 2
    }
  }
  list(l0 = l0, alpha = alpha, theta = theta, sse = sum(e[3:n]^2), mean = num(mean))
}

out <- lapply(series, function(y) {
  f <- thetaf(y, h = h); n <- length(y); x <- y; m <- frequency(y)
  seasonal <- FALSE
  if (m > 1) {
    r <- as.numeric(acf(y, lag.max = m, plot = FALSE)$acf)[-1]
    seasonal <- abs(r[m]) / sqrt((1 + 2 * sum(r[-m]^2)) / n) > qnorm(0.95)
    if (seasonal) x <- seasadj(decompose(y, type = "multiplicative"))
  }
  s <- ses(x, h = h)
  x <- as.numeric(x)
  list(frequency = m, seasonal = seasonal, y = num(y),
    alpha = num(s$model$par["alpha"]), l0 = num(s$model$initstate[1]), sse = num(sum(residuals(s)^2)),
    drift = num(lsfit(0:(n - 1), x)$coef[2] / 2), sigma2 = num(s$model$sigma2), mean = num(f$mean),
    half95 = num(f$upper[, 2] - f$mean),
    otm = model(x, x[1] / 2, 0.4, 3, FALSE), dotm = model(x, x[1] / 2, 0.4, 3, TRUE))
})
json <- function(x) {
  if (is.list(x)) return(paste0("{", paste0("\"", names(x), "\":", vapply(x, json, ""), collapse = ",\n"), "}"))
  s <- if (is.character(x)) paste0("\"", x, "\"") else if (is.logical(x)) tolower(x) else sprintf("%.15g", x)
  if (length(s) == 1) s else paste0("[", paste(s, collapse = ","), "]")
}
cat(json(list(R = R.version.string, forecast = as.character(packageVersion("forecast")), series = out)), "\n", sep = "")
