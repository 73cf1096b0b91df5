# Makes reference.json: models of ets() of R's forecast package on series of
# base R, with parameters, states, likelihood, fitted values and forecasts.
# usage: Rscript reference.R > reference.json     needs r-cran-forecast
suppressMessages(library(forecast))
h <- 8
gap <- function(x, n) window(x, end = time(x)[n])
series <- list(Nile = gap(Nile, 40), lynx = gap(lynx, 40), WWWusage = gap(WWWusage, 40), uspop = ts(as.numeric(uspop)),
  LakeHuron = gap(LakeHuron, 40), airmiles = airmiles, austres = gap(austres, 44), JohnsonJohnson = gap(JohnsonJohnson, 44),
  UKgas = gap(UKgas, 44), UKDriverDeaths = gap(UKDriverDeaths, 60), AirPassengers = gap(AirPassengers, 60),
  USAccDeaths = gap(USAccDeaths, 60))
codes <- c("ANN", "AAN", "AAdN", "MNN", "MAN", "MAdN", "MMN", "MMdN")
seasonal <- c("ANA", "AAA", "AAdA", "MNA", "MAA", "MAdA", "MNM", "MAM", "MAdM", "MMM", "MMdM")
one <- function(y, code) {
  fit <- try(suppressWarnings(ets(y, gsub("d", "", code), damped = grepl("d", code), allow.multiplicative.trend = TRUE)), silent = TRUE)
  if (inherits(fit, "try-error")) return(NULL)
  trend <- substr(code, 2, 2); p <- fit$par; g <- function(k) if (k %in% names(p)) p[[k]] else 0
  f <- forecast(fit, h = h, level = 95, simulate = FALSE, PI = trend != "M")
  if (trend == "M" && fit$components[4] == "TRUE") { # by definition: R 8.20 raises b to 2 phi at the second step, not phi + phi^2
    last <- as.numeric(tail(fit$states, 1)); m <- frequency(y)
    index <- if (fit$components[3] == "M") rep(rev(tail(last, m)), length.out = h) else 1
    f$mean <- last[1] * last[2]^cumsum(p[["phi"]]^(1:h)) * index
  }
  k <- 1 + (trend != "N"); s <- fit$initstate[-(1:k)]
  list(alpha = g("alpha"), beta = g("beta"), gamma = g("gamma"), phi = if (is.na(p["phi"])) 1 else p[["phi"]],
    l = fit$initstate[[1]], b = if (trend == "N") 0 else fit$initstate[[2]],
    s = rev(as.numeric(s)), loglik = fit$loglik, sigma2 = fit$sigma2, aicc = fit$aicc,
    fitted = as.numeric(head(fitted(fit), 6)), mean = as.numeric(f$mean),
    half95 = if (trend == "M") numeric(0) else as.numeric(f$upper - f$mean))
}
out <- lapply(series, function(y) {
  m <- frequency(y); cs <- if (m > 1) c(codes[c(2, 6)], seasonal) else codes
  models <- lapply(cs, function(code) one(y, code)); names(models) <- cs
  models <- models[!vapply(models, is.null, TRUE)]
  list(frequency = m, y = as.numeric(y), models = models)
})
arrays <- c("s", "half95", "fitted", "mean", "y")
json <- function(x, key = "") {
  if (is.list(x)) return(paste0("{", paste0("\"", names(x), "\":", mapply(json, x, names(x)), collapse = ",\n"), "}"))
  s <- if (is.character(x)) paste0("\"", x, "\"") else sprintf("%.15g", x)
  if (key %in% arrays) paste0("[", paste(s, collapse = ","), "]") else s
}
cat(json(list(R = R.version.string, forecast = as.character(packageVersion("forecast")), series = out)), "\n", sep = "")
