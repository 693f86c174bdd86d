# Fits that Halley's are measured beside. Reads a task a line from standard input, prints "seconds;figure" for each.
# Arguments: folder of the French data. Every task's data are made ready before its clock starts.
suppressMessages({ library(data.table); library(Matrix); library(glmnet); library(mgcv) })
folder <- commandArgs(trailingOnly = TRUE)[1]
read_rows <- function() {
  d <- fread(cmd = paste("zcat", shQuote(file.path(folder, "freMTPL2_clean.csv.gz"))), data.table = FALSE, nThread = 2)
  d <- d[d$split == "learn", ]
  d$AreaGLM <- as.integer(factor(d$Area))
  d$VehPowerGLM <- factor(pmin(d$VehPower, 9))
  d$VehAgeGLM <- cut(d$VehAge, c(-Inf, 5, 12, Inf), labels = c("0-5", "6-12", "13+"))
  d$BonusMalusGLM <- pmin(d$BonusMalus, 150)
  d$DensityGLM <- log(d$Density)
  for (name in c("VehBrand", "VehGas", "Region", "Area")) d[[name]] <- factor(d[[name]])
  d
}
rows <- NULL
data <- function() { if (is.null(rows)) rows <<- read_rows(); rows }
glm3 <- ClaimNb ~ VehPowerGLM + VehAgeGLM + BonusMalusGLM + VehBrand + VehGas + DensityGLM + Region + AreaGLM +
  DrivAge + log(DrivAge) + I(DrivAge^2) + I(DrivAge^3) + I(DrivAge^4) + BonusMalusGLM:DrivAge + BonusMalusGLM:I(DrivAge^2)
# Cubic regression splines as Halley's; mgcv's default, thin-plate splines, takes it half as long again.
gam <- ClaimNb ~ s(VehAge, k = 20, bs = "cr") + s(DrivAge, k = 20, bs = "cr") + s(BonusMalus, k = 20, bs = "cr") +
  s(DensityGLM, k = 20, bs = "cr") + VehPowerGLM + VehBrand + VehGas + Region + offset(log(Exposure))
one_hot <- NULL
design <- function() {
  if (is.null(one_hot)) {
    d <- data()
    blocks <- lapply(c("VehPower", "VehAge", "DrivAge", "BonusMalus", "VehBrand", "VehGas", "Region", "Area"),
      function(name) t(fac2sparse(factor(d[[name]]))))
    one_hot <<- do.call(cbind, c(blocks, list(Matrix(d$DensityGLM, sparse = TRUE))))
  }
  one_hot
}
timed <- function(work, figure, clock = "elapsed") {
  gc(FALSE)
  seconds <- sum(system.time(result <- work())[clock])
  cat(sprintf("%.6f;%.17g\n", seconds, figure(result)))
}
matrix_of <- function(file) { con <- file(file, "rb"); on.exit(close(con)); n <- readBin(con, "integer", 2); list(n = n, x = matrix(readBin(con, "double", n[1] * n[2]), n[1]), y = readBin(con, "double", n[1])) }
paths <- list()
run <- function(task) {
  part <- strsplit(task, " ", fixed = TRUE)[[1]]
  if (part[1] == "glm3") {
    d <- data()
    timed(function() summary(glm(glm3, family = poisson(), offset = log(Exposure), data = d)), function(s) s$deviance)
  } else if (part[1] == "gam") {
    d <- data()
    timed(
      function() bam(gam, family = poisson(), data = d, discrete = TRUE, method = "fREML", nthreads = 1),
      deviance, c("user.self", "sys.self"))
  } else if (part[1] == "wide") {
    x <- design(); d <- data(); alpha <- as.numeric(part[3]); family <- part[2]
    y <- if (family == "poisson") d$ClaimNb / d$Exposure else as.numeric(d$ClaimNb > 0)
    w <- if (family == "poisson") d$Exposure else rep(1, nrow(d))
    timed(
      function() glmnet(x, y, family = family, weights = w, alpha = alpha, lambda = 0.001, standardize = FALSE, thresh = 1e-7),
      function(fit) {
        b <- as.numeric(fit$beta); eta <- as.numeric(x %*% b) + fit$a0; v <- w / sum(w)
        loss <- if (family == "poisson") { mu <- exp(eta); sum(v * (ifelse(y > 0, y * log(y / mu), 0) - y + mu)) } else sum(v * (log1p(exp(eta)) - y * eta))
        loss + 0.001 * (alpha * sum(abs(b)) + (1 - alpha) / 2 * sum(b^2))
      })
  } else if (part[1] == "path") {
    if (is.null(paths[[part[2]]])) paths[[part[2]]] <<- matrix_of(part[2])
    p <- paths[[part[2]]]; thresh <- as.numeric(part[3])
    top <- max(abs(crossprod(p$x, p$y - mean(p$y)))) / nrow(p$x)
    lambda <- top * exp(seq(0, log(if (p$n[1] > p$n[2]) 1e-4 else 1e-2), length.out = 100))
    timed(
      function() glmnet(p$x, p$y, lambda = lambda, standardize = FALSE, thresh = thresh),
      function(fit) { k <- length(fit$lambda); b <- as.numeric(fit$beta[, k]); mean((p$y - fit$a0[k] - p$x %*% b)^2) / 2 + lambda[k] * sum(abs(b)) })
  }
  flush(stdout())
}
glmnet.control(fdev = 0)
input <- file("stdin", "r")
cat("ready\n"); flush(stdout())
while (length(line <- readLines(input, n = 1)) > 0) run(line)
