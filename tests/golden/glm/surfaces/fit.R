# Rscript fit.R: surfaces and curves by a number with mgcv, on a made-up book of 1,500 policies that it writes to data.csv.
suppressMessages(library(mgcv))
set.seed(20)
n <- 1500
d <- data.frame(
  age = sample(18:77, n, TRUE), worth = sample(1:40, n, TRUE), power = sample(4:15, n, TRUE),
  zone = sample(c("city", "coast", "north"), n, TRUE, c(0.5, 0.3, 0.2)),
  make = sample(LETTERS[1:12], n, TRUE), years = round(runif(n, 0.1, 1), 2))
u <- (d$age - 18) / 59
v <- (d$worth - 1) / 39
w <- (d$power - 4) / 11
hill <- 1.6 * exp(-((u - 0.2)^2 + (v - 0.7)^2) / 0.08) + 0.8 * (u - 0.6)^2 - 0.5 * v * u
effect <- hill + 0.6 * (d$zone == "city") * sin(3 * u) + 0.7 * w * sin(5 * u) + rnorm(12, 0, 0.3)[match(d$make, LETTERS)] +
  rnorm(12, 0, 1.2)[match(d$make, LETTERS)] * (v - 0.5)
mu <- exp(-0.4 + effect)
d$claims <- rpois(n, d$years * mu)
d$cost <- round(rgamma(n, 1.8) * 300 * exp(0.6 * effect), 2) + 1
d$lapsed <- rbinom(n, 1, plogis(-0.7 + effect))
events <- rpois(n, 0.8 * exp(0.7 * effect))
d$premium <- ifelse(events > 0, round(rgamma(n, 2 * pmax(events, 1)) * 100, 2), 0)
write.csv(d, "data.csv", row.names = FALSE, quote = FALSE)
d$zone <- factor(d$zone)
d$make <- factor(d$make)
d$power2 <- d$power^2

ring <- setNames(lapply(1:12, function(i) c((i - 2) %% 12, i %% 12) + 1), LETTERS[1:12])

control <- gam.control(epsilon = 1e-13, newton = list(conv.tol = 1e-11))
poisson_fit <- function(f) gam(f, family = poisson, data = d, method = "REML", control = control)
# The dispersion is Pearson's at the fit that it leads to.
tweedie_fit <- function(f) {
  phi <- 100
  for (turn in 1:30) {
    fit <- gam(f, family = Tweedie(1.5, link = "log"), data = d, method = "REML", scale = phi, control = control)
    before <- phi
    phi <- sum((fit$y - fitted(fit))^2 / fitted(fit)^1.5) / (nrow(d) - sum(fit$edf))
    if (abs(phi / before - 1) < 1e-12) break
  }
  fit
}
fits <- list(
  surface = poisson_fit(claims ~ zone + te(age, worth, bs = "cr", k = c(7, 6)) + offset(log(years))),
  beside = poisson_fit(claims ~ s(age, bs = "cr", k = 8) + s(worth, bs = "cr", k = 7) +
    ti(age, worth, bs = "cr", k = c(6, 5)) + offset(log(years))),
  half = poisson_fit(claims ~ s(age, bs = "cr", k = 8) +
    ti(age, worth, bs = "cr", k = c(6, 5), mc = c(FALSE, TRUE)) + offset(log(years))),
  splines = poisson_fit(claims ~ te(age, worth, bs = "ps", k = c(8, 7), m = list(c(2, 2), c(2, 1)), np = FALSE) + offset(log(years))),
  levels = poisson_fit(claims ~ zone + te(age, worth, by = zone, bs = "cr", k = c(5, 5)) + offset(log(years))),
  solid = poisson_fit(claims ~ te(age, worth, power, bs = "cr", k = c(5, 4, 4)) + offset(log(years))),
  number = poisson_fit(claims ~ s(age, bs = "cr", k = 8) + s(age, by = power, bs = "cr", k = 8) + offset(log(years))),
  numbers = poisson_fit(claims ~ s(age, by = power, bs = "cr", k = 6) + s(age, by = power2, bs = "cr", k = 6) + offset(log(years))),
  surface_number = poisson_fit(claims ~ s(age, bs = "cr", k = 6) + te(age, worth, by = power, bs = "cr", k = c(5, 5)) + offset(log(years))),
  gamma = gam(cost ~ zone + te(age, worth, bs = "cr", k = c(7, 6)), family = Gamma(log), data = d, method = "REML", control = control),
  gaussian = gam(log(cost) ~ te(age, worth, bs = "cr", k = c(7, 6)), data = d, method = "REML", control = control),
  binomial = gam(lapsed ~ te(age, worth, bs = "cr", k = c(7, 6)), family = binomial, data = d, method = "REML", control = control),
  tweedie = tweedie_fit(premium ~ te(age, worth, bs = "cr", k = c(7, 6))),
  cells = poisson_fit(claims ~ zone + s(make, zone, bs = "re") + offset(log(years))),
  slopes = poisson_fit(claims ~ worth + s(make, bs = "re") + s(make, worth, bs = "re") + offset(log(years))),
  maps = poisson_fit(claims ~ zone + s(make, by = zone, bs = "mrf", xt = list(nb = ring)) + offset(log(years))))
out <- file("results.csv", "w")
line <- function(...) cat(paste(..., sep = ","), "\n", sep = "", file = out)
g <- function(x) sprintf("%.17g", x)
# The largest eigenvalue that mgcv divides a margin's penalty by.
largest <- function(s, i) {
  if (is.null(s$margin)) return(1)
  m <- s$margin[[i]]
  raw <- if (inherits(m, "pspline.smooth")) crossprod(m$D) else
    smooth.construct(s(x, bs = "cr", k = nrow(m$S[[1]]) + (s$inter && s$mc[i])), list(x = d[[m$term]]), NULL)$S[[1]]
  if (s$inter && s$mc[i]) {
    x <- smooth.construct(s(x, bs = "cr", k = nrow(raw)), list(x = d[[m$term]]), NULL)$X
    z <- qr.Q(qr(t(t(colSums(x)))), complete = TRUE)[, -1]
    raw <- t(z) %*% raw %*% z
  }
  eigen(raw, symmetric = TRUE, only.values = TRUE)$values[1]
}
at <- expand.grid(age = c(18, 25, 40, 59, 77), worth = c(1, 13, 28, 40), power = c(5, 12), zone = c("city", "north"), make = c("A", "F"),
  years = 1)
at$zone <- factor(at$zone, levels = levels(d$zone))
at$make <- factor(at$make, levels = levels(d$make))
at$power2 <- at$power^2
line("model", "what", "smooth", "level", "place", "value", "se")
for (m in names(fits)) {
  f <- fits[[m]]
  line(m, "reml", "", "", "", g(f$gcv.ubre), "")
  line(m, "deviance", "", "", "", g(f$deviance), "")
  line(m, "edf_total", "", "", "", g(sum(f$edf)), "")
  line(m, "gradient", "", "", "", g(max(abs(f$outer.info$grad))), "")
  next_sp <- 1
  for (i in seq_along(f$smooth)) {
    s <- f$smooth[[i]]
    level <- if (is.null(s$by.level)) "" else s$by.level
    for (k in seq_along(s$S)) {
      line(m, "lambda", i, level, k, g(f$sp[next_sp] / (s$S.scale[k] * largest(s, k))), "")
      next_sp <- next_sp + 1
    }
    line(m, "edf", i, level, "", g(sum(f$edf[s$first.para:s$last.para])), "")
  }
  p <- predict(f, at, type = "link", se.fit = TRUE)
  for (k in seq_len(nrow(at))) line(m, "eta", "", "", k, g(p$fit[k]), g(p$se.fit[k]))
  for (k in seq_len(f$nsdf)) line(m, "coefficient", names(coef(f))[k], "", "", g(coef(f)[k]), g(sqrt(f$Vp[k, k])))
}
close(out)
write.csv(at[, c("age", "worth", "power", "zone", "make", "years")], "points.csv", row.names = FALSE, quote = FALSE)
