# Makes data.csv, fits the models and writes what R finds. Usage: Rscript fit.R (in this folder)
fraction <- function(i, k) (i * k) %% 1
i <- 1:240
data <- data.frame(
  years = round(0.1 + 0.9 * fraction(i, 0.6180339887498949), 3),
  age = 18 + floor(62 * fraction(i, 0.4142135623730951)),
  value = round(4000 + 36000 * fraction(i, 0.7320508075688772)^2, 0),
  zone = c("north", "south", "coast", "city")[1 + floor(4 * fraction(i, 0.2360679774997898))],
  fuel = c("petrol", "diesel")[1 + floor(2 * fraction(i, 0.6457513110645906))],
  garage = fraction(i, 0.3166247903554) < 0.4)
# Exact decimals in, so that both sides read the same doubles.
rate <- exp(-1.2 + 0.02 * (40 - data$age) + 0.5 * (data$zone == "city") - 0.3 * data$garage)
data$claims <- floor(3 * data$years * rate + 1.4 * fraction(i, 0.8284271247461903))
data$cost <- ifelse(data$claims > 0, round(data$claims * (600 + 0.03 * data$value) * (0.3 + 2.5 * fraction(i, 0.1622776601683795)^2), 2), 0)
data$lapsed <- as.integer(fraction(i, 0.5491933384829668) < 1 / (1 + exp(1.1 - 0.03 * (50 - data$age) + 0.4 * data$garage)))
data$garage <- ifelse(data$garage, "true", "false")
write.csv(data, "data.csv", row.names = FALSE, quote = FALSE)

data <- read.csv("data.csv", stringsAsFactors = TRUE)
data$zone <- relevel(data$zone, "north")
sizes <- data[data$claims > 0, ]
sizes$average <- sizes$cost / sizes$claims
# Steps run on from R's own end until nothing moves: its standard errors are those of the step before the last.
settle <- function(name, formula, family, data, offset = rep(0, nrow(data)), weight = rep(1, nrow(data))) {
  data$.offset <- offset
  data$.weight <- weight
  fit <- glm(formula, family = family, data = data, offset = .offset, weights = .weight, control = glm.control(maxit = 100))
  for (step in 1:60) fit <- suppressWarnings(glm(formula, family = family, data = data, offset = .offset, weights = .weight,
    start = ifelse(is.na(coef(fit)), 0, coef(fit)), control = glm.control(maxit = 1)))
  constant <- glm(update(formula, . ~ 1), family = family, data = data, offset = .offset, weights = .weight,
    control = glm.control(epsilon = 1e-14, maxit = 100))
  table <- summary(fit)$coefficients
  statistics <- c(deviance = deviance(fit), null_deviance = deviance(constant), aic = AIC(fit), dispersion = summary(fit)$dispersion,
    rank = fit$rank, df_residual = fit$df.residual)
  list(
    coefficients = data.frame(model = name, term = names(coef(fit)), estimate = table[match(names(coef(fit)), rownames(table)), 1],
      std_error = table[match(names(coef(fit)), rownames(table)), 2], p = table[match(names(coef(fit)), rownames(table)), 4]),
    statistics = data.frame(model = name, statistic = names(statistics), value = statistics))
}
fits <- list(
  settle("count", claims ~ zone + fuel + log(age) + garage, poisson(), data, log(data$years)),
  settle("count_slopes", claims ~ age + zone + zone:age + fuel * garage, poisson(), data, log(data$years)),
  settle("count_orthogonal", claims ~ poly(age, 3) + zone, poisson(), data, log(data$years)),
  settle("size", average ~ zone + log(value), Gamma("log"), sizes, weight = sizes$claims),
  settle("size_inverse", average ~ fuel + value, Gamma("inverse"), sizes, weight = sizes$claims),
  settle("lapse", lapsed ~ age + I(age^2) + garage, binomial(), data),
  settle("lapse_probit", lapsed ~ age + garage, binomial("probit"), data),
  settle("log_value", log(value) ~ age + zone, gaussian(), data, weight = data$years))
digits <- function(x) ifelse(is.na(x), "NA", sprintf("%.15g", x))
coefficients <- do.call(rbind, lapply(fits, `[[`, "coefficients"))
coefficients[3:5] <- lapply(coefficients[3:5], digits)
write.csv(coefficients, "coefficients.csv", row.names = FALSE, quote = 2)
statistics <- do.call(rbind, lapply(fits, `[[`, "statistics"))
statistics$value <- digits(statistics$value)
write.csv(statistics, "statistics.csv", row.names = FALSE, quote = FALSE)
