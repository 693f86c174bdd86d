# Rscript fit.R DATA: smooths by a factor with mgcv on the first 60,000 learn rows of the French policies.
suppressMessages(library(mgcv))
d <- read.csv(file.path(commandArgs(TRUE)[1], "fremtpl2/freMTPL2_clean.csv.gz"), stringsAsFactors = TRUE)
d <- head(d[d$split == "learn", ], 60000)
d$VehGas <- factor(as.character(d$VehGas))
d$Gas <- factor(as.character(d$VehGas), levels = c("Diesel", "Regular"), ordered = TRUE)
d$Area <- factor(as.character(d$Area))
control <- gam.control(epsilon = 1e-12, newton = list(conv.tol = 1e-10))
fits <- list(
  # A curve of its own for each fuel.
  own = gam(ClaimNb ~ VehGas + s(DrivAge, by = VehGas, bs = "cr", k = 10) + s(VehAge, bs = "cr", k = 8) + offset(log(Exposure)),
    family = poisson, data = d, method = "REML", control = control),
  # A common curve, and what petrol differs from it.
  difference = gam(ClaimNb ~ VehGas + s(DrivAge, bs = "cr", k = 10) + s(DrivAge, by = Gas, bs = "cr", k = 10) + offset(log(Exposure)),
    family = poisson, data = d, method = "REML", control = control),
  # Six P-splines.
  splines = gam(ClaimNb ~ Area + s(BonusMalus, by = Area, bs = "ps", k = 8) + offset(log(Exposure)),
    family = poisson, data = d, method = "REML", control = control))
out <- file("results.csv", "w")
line <- function(...) cat(paste(..., sep = ","), "\n", sep = "", file = out)
g <- function(x) sprintf("%.17g", x)
line("model", "what", "smooth", "level", "x", "value", "se")
for (m in names(fits)) {
  f <- fits[[m]]
  line(m, "reml", "", "", "", g(f$gcv.ubre), "")
  line(m, "deviance", "", "", "", g(f$deviance), "")
  line(m, "edf_total", "", "", "", g(sum(f$edf)), "")
  for (i in seq_along(f$smooth)) {
    s <- f$smooth[[i]]
    level <- if (is.null(s$by.level)) "" else s$by.level
    line(m, "lambda", s$term, level, "", g(f$sp[i] / s$S.scale), "")
    line(m, "edf", s$term, level, "", g(sum(f$edf[s$first.para:s$last.para])), "")
    x <- quantile(d[[s$term]], (0:12) / 12, type = 1)
    x <- unique(as.numeric(x))
    at <- d[rep(1, length(x)), ]
    at[[s$term]] <- x
    if (level != "") at[[s$by]] <- factor(rep(level, length(x)), levels = levels(d[[s$by]]), ordered = is.ordered(d[[s$by]]))
    p <- predict(f, at, type = "terms", terms = s$label, se.fit = TRUE)
    for (k in seq_along(x)) line(m, "curve", s$term, level, g(x[k]), g(p$fit[k]), g(p$se.fit[k]))
  }
  for (k in seq_len(f$nsdf)) line(m, "coefficient", names(coef(f))[k], "", "", g(coef(f)[k]), g(sqrt(f$Vp[k, k])))
}
close(out)
