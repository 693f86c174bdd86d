# Rscript fit.R DATA: credibility and neighbour terms by mgcv on the first 60,000 learn rows of the French policies.
suppressMessages(library(mgcv))
d <- read.csv(file.path(commandArgs(TRUE)[1], "fremtpl2/freMTPL2_clean.csv.gz"), stringsAsFactors = TRUE)
d <- head(d[d$split == "learn", ], 60000)
d$Region <- factor(as.character(d$Region))
d$VehBrand <- factor(as.character(d$VehBrand))
links <- c("R11-R22", "R11-R23", "R11-R24", "R11-R26", "R11-R21", "R21-R22", "R21-R26", "R21-R41", "R21-R43", "R22-R23", "R22-R31",
  "R23-R25", "R23-R24", "R24-R25", "R24-R26", "R24-R52", "R24-R54", "R24-R74", "R24-R83", "R25-R52", "R25-R53", "R26-R43", "R26-R82",
  "R26-R83", "R31-R22", "R41-R42", "R41-R43", "R42-R43", "R43-R82", "R52-R53", "R52-R54", "R54-R72", "R54-R74", "R72-R73", "R72-R74",
  "R73-R74", "R73-R83", "R73-R91", "R74-R83", "R82-R83", "R82-R91", "R82-R93", "R83-R91", "R91-R93", "R93-R94")
nb <- sapply(levels(d$Region), function(r) unlist(lapply(strsplit(links, "-"), function(p) if (r %in% p) setdiff(p, r))), simplify = FALSE)
fits <- list(
  re = gam(ClaimNb ~ VehGas + s(Region, bs = "re") + s(VehBrand, bs = "re") + offset(log(Exposure)), family = poisson, data = d,
    method = "REML", control = gam.control(epsilon = 1e-12, newton = list(conv.tol = 1e-10))),
  mrf = gam(ClaimNb ~ VehGas + s(Region, bs = "mrf", xt = list(nb = nb)) + s(DrivAge, bs = "cr", k = 8) + offset(log(Exposure)),
    family = poisson, data = d, method = "REML", control = gam.control(epsilon = 1e-12, newton = list(conv.tol = 1e-10))))
out <- file("results.csv", "w")
line <- function(...) cat(paste(..., sep = ","), "\n", sep = "", file = out)
g <- function(x) sprintf("%.17g", x)
line("model", "what", "name", "value", "se")
for (m in names(fits)) {
  f <- fits[[m]]
  line(m, "figure", "reml", g(f$gcv.ubre), "")
  line(m, "figure", "deviance", g(f$deviance), "")
  for (i in seq_along(f$smooth)) {
    s <- f$smooth[[i]]
    line(m, "lambda", s$term, g(f$sp[i] / s$S.scale), "")
    line(m, "edf", s$term, g(sum(f$edf[s$first.para:s$last.para])), "")
  }
  line(m, "coefficient", "(Intercept)", g(coef(f)[1]), g(sqrt(f$Vp[1, 1])))
  line(m, "coefficient", "VehGas[Regular]", g(coef(f)[2]), g(sqrt(f$Vp[2, 2])))
  for (v in c("Region", "VehBrand")) if (paste0("s(", v, ")") %in% sapply(f$smooth, function(s) s$label)) {
    grid <- d[match(levels(d[[v]]), d[[v]]), ]
    p <- predict(f, grid, type = "terms", terms = paste0("s(", v, ")"), se.fit = TRUE)
    for (i in seq_along(levels(d[[v]]))) line(m, v, levels(d[[v]])[i], g(p$fit[i]), g(p$se.fit[i]))
  }
}
close(out)
writeLines(links, "neighbours.txt")
