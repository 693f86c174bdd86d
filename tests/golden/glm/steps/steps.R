# Rscript steps.R DATA: add1, drop1, step and anova along four searches; see recipe.md.
d <- read.csv(file.path(commandArgs(TRUE)[1], "freqsev/ausprivauto0405.csv.gz"), stringsAsFactors = TRUE)
d$VehAge <- factor(d$VehAge); d$DrivAge <- factor(d$DrivAge)
out <- NULL
note <- function(case, step, fit, scope, direction) {
  rows <- NULL
  if (direction != "forward") rows <- rbind(rows, { a <- drop1(fit, test = "Chisq"); a <- a[-1, ]; data.frame(move = "drop", term = rownames(a), df = -a$Df, deviance = a$Deviance - deviance(fit), aic = a$AIC) })
  if (direction != "backward" && length(add.scope(formula(fit), scope)) > 0) rows <- rbind(rows, { a <- add1(fit, scope, test = "Chisq"); a <- a[-1, ]; data.frame(move = "add", term = rownames(a), df = a$Df, deviance = a$Deviance - deviance(fit), aic = a$AIC) })
  rows$aic <- rows$aic - extractAIC(fit)[2]
  rows$p <- sapply(seq_len(nrow(rows)), function(i) {
    other <- update(fit, paste(". ~ .", if (rows$move[i] == "drop") "-" else "+", rows$term[i]))
    pair <- if (rows$move[i] == "drop") list(other, fit) else list(fit, other)
    test <- if (family(fit)$family %in% c("poisson", "binomial")) "Chisq" else "F"
    a <- anova(pair[[1]], pair[[2]], test = test); a[2, ncol(a)]
  })
  rows <- rows[order(rows$aic), ]
  data.frame(case = case, step = step, rows)
}
walk <- function(case, fit, scope, direction) {
  fit <- update(fit, epsilon = 1e-13, maxit = 100)
  path <- step(fit, scope = list(lower = ~1, upper = scope), direction = direction, trace = 0)
  moves <- path$anova$Step[-1]
  for (i in 0:length(moves)) {
    out <<- rbind(out, note(case, i + 1, fit, scope, direction))
    if (i < length(moves)) fit <- update(fit, paste(". ~ .", sub("^([+-]) ", "\\1 ", moves[i + 1])))
  }
  cat(case, ":", moves, "\n")
}
all <- ~ VehValue + VehAge + VehBody + Gender + DrivAge
two <- ~ VehValue + VehAge + VehBody + Gender + DrivAge + Gender:DrivAge + VehAge:DrivAge + VehAge:Gender
walk("poisson_backward", glm(ClaimNb ~ VehValue + VehAge + VehBody + Gender + DrivAge, poisson, d, offset = log(Exposure)), all, "backward")
walk("binomial_both", glm(ClaimOcc ~ Gender, binomial, d), two, "both")
claims <- d[d$ClaimNb > 0, ]
claims$average <- claims$ClaimAmount / claims$ClaimNb
walk("gamma_forward", glm(average ~ 1, Gamma(link = "log"), claims, weights = ClaimNb), all, "forward")
walk("gaussian_both", glm(log(average) ~ VehValue + VehAge + Gender, gaussian, claims, weights = ClaimNb), all, "both")
out$df <- round(out$df)
write.csv(format(out, digits = 15), "steps.csv", row.names = FALSE, quote = FALSE)
