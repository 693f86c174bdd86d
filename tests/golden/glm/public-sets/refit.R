# Fits the reference models of the shared data again, until R's steps stop changing anything. Usage: Rscript refit.R DATA OUT
arguments <- commandArgs(TRUE)
path <- function(file) file.path(arguments[1], file)
reference <- read.csv(path("reference/glm_coefficients.csv"))

# Single Fisher steps from the published coefficients; standard errors from the weights at the end.
polish <- function(set, model, rhs, target, family, data, offset = rep(0, nrow(data)), weight = rep(1, nrow(data))) {
  x <- model.matrix(as.formula(paste("~", rhs)), data)
  listed <- reference[reference$set == set & reference$model == model, ]
  beta <- listed$estimate[match(colnames(x), listed$term)]
  eta <- drop(x %*% beta)
  for (step in 1:100) {
    fit <- suppressWarnings(glm.fit(x, target, weights = weight, offset = offset, start = beta, family = family,
                                    control = list(epsilon = 1e-8, maxit = 1, trace = FALSE)))
    beta <- fit$coefficients
    before <- eta
    eta <- drop(x %*% beta)
    if (max(abs(eta - before)) < 1e-13 * max(abs(eta))) break
  }
  rank <- fit$rank
  mu <- fit$fitted.values
  fixed <- family$family %in% c("poisson", "binomial")
  phi <- if (fixed) 1 else sum(weight * (target - mu)^2 / family$variance(mu)) / (sum(weight > 0) - rank)
  error <- sqrt(phi * diag(chol2inv(qr.R(fit$qr)[1:rank, 1:rank])))
  names(error) <- colnames(x)[fit$qr$pivot[1:rank]]
  data.frame(model = paste0(set, "/", model), term = colnames(x), estimate = sprintf("%.15g", beta),
             std_error = sprintf("%.15g", error[colnames(x)]))
}

tweedie <- structure(list(
  family = "Tweedie", link = "log", linkfun = log, linkinv = exp, mu.eta = exp, variance = function(mu) mu^1.5,
  valideta = function(eta) TRUE, validmu = function(mu) all(mu > 0), aic = function(y, n, mu, wt, dev) NA,
  dev.resids = function(y, mu, wt) 2 * wt * (-4 * sqrt(y) + 2 * y / sqrt(mu) + 2 * sqrt(mu)),
  initialize = expression({ mustart <- y + 0.1; n <- rep(1, nobs) })), class = "family")

french <- read.csv(gzfile(path("fremtpl2/freMTPL2_clean.csv.gz")), stringsAsFactors = TRUE)
french <- transform(french,
  AreaGLM = as.integer(Area), VehPowerGLM = factor(pmin(VehPower, 9)), BonusMalusGLM = pmin(BonusMalus, 150), DensityGLM = log(Density),
  VehAgeGLM = cut(VehAge, c(-1, 5, 12, 200), labels = c("0-5", "6-12", "12+")),
  DrivAgeGLM = relevel(cut(DrivAge, c(17, 20, 25, 30, 40, 50, 70, 200),
    labels = c("18-20", "21-25", "26-30", "31-40", "41-50", "51-70", "71+")), "31-40"),
  Region = relevel(Region, "R24"), VehBrand = relevel(VehBrand, "B1"))
learn <- french[french$split == "learn", ]
claims <- read.csv(gzfile(path("fremtpl2/freMTPL2_clean_sev.csv.gz")))
claims <- claims[claims$split == "learn", ]
sizes <- cbind(french[match(claims$IDpol, french$IDpol), ], ClaimAmount = claims$ClaimAmount)
main <- "VehPowerGLM + VehAgeGLM + BonusMalusGLM + VehBrand + VehGas + DensityGLM + Region + AreaGLM"
glm1 <- paste(main, "+ DrivAgeGLM")
glm2 <- paste(main, "+ DrivAge + log(DrivAge) + I(DrivAge^2) + I(DrivAge^3) + I(DrivAge^4)")
glm3 <- paste(glm2, "+ BonusMalusGLM:DrivAge + BonusMalusGLM:I(DrivAge^2)")

aus <- read.csv(gzfile(path("freqsev/ausprivauto0405.csv.gz")), stringsAsFactors = TRUE)
ausClaims <- aus[aus$ClaimNb > 0, ]
sw <- read.csv(gzfile(path("freqsev/swmotorcycle.csv.gz")), stringsAsFactors = TRUE)
sw <- sw[sw$Exposure > 0, ]
sw$VehAgeBand <- cut(sw$VehAge, c(-1, 1, 4, 99), labels = c("0-1", "2-4", "5-99"))
sw$RiskClass <- relevel(sw$RiskClass, "EV ratio <5")
swClaims <- sw[sw$ClaimNb > 0 & sw$ClaimAmount > 0, ]
uk <- read.csv(path("freqsev/ukaggclaim.csv"), stringsAsFactors = TRUE)
uk <- uk[uk$NClaims > 0, ]
ausTerms <- "VehValue + VehAge + VehBody + Gender + DrivAge"
swTerms <- "Area + RiskClass + VehAgeBand + BonusClass"

write.csv(rbind(
  polish("fremtpl2", "gamma_glm1", glm1, sizes$ClaimAmount, Gamma("log"), sizes),
  polish("fremtpl2", "poisson_glm1", glm1, learn$ClaimNb, poisson(), learn, log(learn$Exposure)),
  polish("fremtpl2", "poisson_glm2", glm2, learn$ClaimNb, poisson(), learn, log(learn$Exposure)),
  polish("fremtpl2", "poisson_glm3", glm3, learn$ClaimNb, poisson(), learn, log(learn$Exposure)),
  polish("fremtpl2", "tweedie1.5_glm1", glm1, learn$ClaimTotal / learn$Exposure, tweedie, learn, weight = learn$Exposure),
  polish("ausprivauto0405", "poisson_main", ausTerms, aus$ClaimNb, poisson(), aus, log(aus$Exposure)),
  polish("ausprivauto0405", "logistic_main", ausTerms, aus$ClaimOcc, binomial(), aus),
  polish("ausprivauto0405", "gamma_main", "VehAge + Gender + DrivAge", ausClaims$ClaimAmount / ausClaims$ClaimNb, Gamma("log"),
         ausClaims, weight = ausClaims$ClaimNb),
  polish("swmotorcycle", "poisson_main", swTerms, sw$ClaimNb, poisson(), sw, log(sw$Exposure)),
  polish("swmotorcycle", "gamma_main", swTerms, swClaims$ClaimAmount / swClaims$ClaimNb, Gamma("log"), swClaims,
         weight = swClaims$ClaimNb),
  polish("ukaggclaim", "gamma_inverse_link", "OwnerAge + Model + CarAge", uk$AvCost, Gamma(), uk, weight = uk$NClaims)
), arguments[2], row.names = FALSE, quote = 2)
