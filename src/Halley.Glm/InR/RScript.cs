using System.Text;
using Halley.Data;

namespace Halley.Glm;

/// <summary>The text of a refit's script, part after part.</summary>
sealed record RScript
{
    internal required Table Rows { get; init; }

    internal required RFamily Family { get; init; }

    /// <summary>Parametric terms of the formula.</summary>
    internal required IReadOnlyList<string> Pieces { get; init; }

    /// <summary>Smooth terms of the formula; mgcv fits where there are any.</summary>
    internal required IReadOnlyList<string> Smooths { get; init; }

    internal required string Knots { get; init; }

    /// <summary>Weights of the penalties, in the order of <see cref="Smooths"/> and of each one's penalties.</summary>
    internal required IReadOnlyList<double> Weights { get; init; }

    /// <summary>Lines that define the formula's variables.</summary>
    internal required string Definitions { get; init; }

    /// <summary>Expressions that given relativities add to the offset.</summary>
    internal required IReadOnlyList<string> Given { get; init; }

    internal required TrainingSet Roles { get; init; }

    internal required GlmFit Fit { get; init; }

    bool HasSmooths => Smooths.Count > 0;

    internal string Text()
    {
        var text = new StringBuilder();
        text.Append(Head());
        text.Append(RowsPart());
        text.Append("# 2. The terms: R codes them itself.\n")
            .Append(Helpers)
            .Append("d <- data.frame(row.names = seq_len(nrow(rows)))\n");
        text.Append(Definitions).Append('\n');
        text.Append(RolesPart());
        text.Append(
            "# 4. The fit, from its own result again until it stands still: R stops at a small change of the deviance.\n"
        );
        text.Append(
            HasSmooths ? SmoothFit()
            : Family.IsThetaFitted ? ThetaFit()
            : PlainFit()
        );
        text.Append(CompareText());
        return text.ToString();
    }

    string Head()
    {
        string[] packages = [.. new[] { "splines", Family.Package, HasSmooths ? "mgcv" : null }.OfType<string>()];
        return $"""
            # Refits a model of Halley with R, on the rows that Halley learned from, and prints the largest differences.
            # Run: Rscript {RRefit.ScriptFile}
            # Ends with status 1 where a difference is above the tolerance.
            tolerance <- 1e-8
            invisible(suppressWarnings(Sys.setlocale("LC_CTYPE", "C.UTF-8")))
            {string.Join("\n", packages.Select(package => $"suppressMessages(library({package}))"))}
            here <- sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))
            if (length(here) == 1) setwd(dirname(here))


            """;
    }

    string RowsPart()
    {
        var kinds = Rows.Columns.Select(column => column is NumericColumn or ExposureColumn ? "numeric" : "character");
        return $"""
            # 1. The rows as Halley learned from them: filtered, derived, capped; rows of weight 0 are left out.
            rows <- read.csv("{RRefit.RowsFile}", check.names = FALSE, na.strings = "", encoding = "UTF-8",
              colClasses = unname({RText.Of(kinds)}))


            """;
    }

    const string Helpers = """
        replaced <- function(x, value) { x[is.na(x)] <- value; x }
        coded <- function(code, missing, base, levels, to_base = integer(0)) {
          code[is.na(code)] <- missing
          code[code %in% to_base] <- base
          shown <- levels[setdiff(seq_along(levels), setdiff(to_base, base))]
          own <- factor(levels[code], levels = shown)
          if (length(shown) > 1) contrasts(own) <- contr.treatment(shown, base = match(levels[base], shown))
          own
        }

        """;

    string RolesPart()
    {
        string Column(string name) => $"rows[[{RText.Of(name)}]]";
        var asRate = Roles.Exposure is not null && Roles.ExposureUse == ExposureUse.Rate;
        var (years, weight) = (
            Roles.Exposure is null ? "" : Column(Roles.Exposure),
            Roles.Weight is null ? "1" : Column(Roles.Weight)
        );
        var offsets = new List<string>();
        if (Roles.Exposure is not null && !asRate)
            offsets.Add($"log({years})");
        if (Roles.Offset is not null)
            offsets.Add(Column(Roles.Offset));
        offsets.AddRange(Given);
        return $"""
            # 3. Target, weight, offset{(asRate ? "; the exposure makes a rate" : "")}.
            d$.target <- {Column(Roles.Target)}{(asRate ? $" / {years}" : "")}
            d$.weight <- {weight}{(asRate ? $" * {years}" : "")}
            d$.offset <- {(offsets.Count == 0 ? "0" : string.Join(" + ", offsets))}


            """;
    }

    static string Formula(IEnumerable<string> pieces) =>
        $".target ~ {string.Join(" +\n  ", pieces.Prepend("1").Append("offset(.offset)"))}";

    string PlainFit() =>
        $"""
            f <- terms({Formula(Pieces)}, keep.order = TRUE)
            family <- {Family.Text}
            fit_from <- function(start) suppressWarnings(glm(f, family = family, data = d, weights = .weight, start = start,
              control = list(maxit = 200)))
            flat <- c(family$linkfun(weighted.mean(d$.target, d$.weight)), rep(0, ncol(model.matrix(f, d)) - 1))
            fit <- tryCatch(fit_from(NULL), error = function(problem) NULL)
            if (is.null(fit) || !fit$converged) fit <- fit_from(flat)
            again <- function(fit) fit_from(replaced(coef(fit), 0))
            {Settle}
            coefficients <- coef(fit)
            errors <- summary(fit{(Fit.Family.FixedDispersion ? ", dispersion = 1" : "")})$coefficients[, 2]
            deviance <- fit$deviance


            """;

    string ThetaFit() =>
        $"""
            f <- terms({Formula(Pieces)}, keep.order = TRUE)
            fit <- suppressWarnings(glm.nb(f, data = d, weights = .weight, {Family.Text}, control = glm.control(maxit = 200)))
            again <- function(fit) suppressWarnings(glm.nb(f, data = d, weights = .weight, {Family.Text}, init.theta = fit$theta,
              start = replaced(coef(fit), 0), control = glm.control(epsilon = 1e-13, maxit = 200)))
            {Settle}
            coefficients <- coef(fit)
            errors <- summary(fit)$coefficients[, 2]
            deviance <- fit$deviance


            """;

    const string Settle = """
        for (turn in 1:50) {
          before <- fit
          fit <- again(before)
          moved <- abs(coef(fit) - coef(before)) / sqrt(diag(vcov(fit)))[names(coef(fit))]
          if (max(moved, na.rm = TRUE) < 1e-11) break
        }
        """;

    string SmoothFit() =>
        $"""
            # Each penalty has the weight that Halley chose; mgcv scales its penalties, so it is told its own scale.
            f <- {Formula(Pieces.Concat(Smooths))}
            knots <- {Knots}
            family <- {Family.Text}
            control <- gam.control(epsilon = 1e-11, maxit = 100, scale.est = "pearson")
            setup <- gam(f, family = family, data = d, weights = .weight, knots = knots, fit = FALSE)
            sp <- {RText.Of(Weights)} * unlist(lapply(setup$smooth, function(own) own$S.scale))
            fit <- gam(f, family = family, data = d, weights = .weight, knots = knots, sp = sp, control = control)
            coefficients <- coef(fit)
            errors <- sqrt(diag(vcov(fit)))
            names(errors) <- names(coefficients)
            deviance <- fit$deviance
            curves <- read.csv("{RRefit.CurvesFile}", na.strings = "", encoding = "UTF-8")
            curve_differences <- function() {"{"}
              worst <- c(0, 0)
              for (own in unique(curves$smooth)) {"{"}
                points <- curves[curves$smooth == own, ]
                at <- d[rep(1, nrow(points)), , drop = FALSE]
                words <- function(column) if (is.na(points[[column]][1])) character(0) else strsplit(points[[column]][1], " ", fixed = TRUE)[[1]]
                for (one in words("numbers")) at[[one]] <- points[[paste0("x", match(one, words("numbers")))]]
                for (one in words("factors")) {"{"}
                  level <- as.character(points[[paste0("level", match(one, words("factors")))]])
                  at[[one]] <- factor(level, levels = levels(d[[one]]), ordered = is.ordered(d[[one]]))
                {"}"}
                found <- predict(fit, at, type = "terms", terms = own, se.fit = TRUE)
                size <- max(abs(points$value), points$std_error)
                worst <- pmax(worst, c(max(abs(found$fit - points$value)) / size, max(abs(found$se.fit / points$std_error - 1))))
              {"}"}
              worst
            {"}"}


            """;

    string CompareText() =>
        $"""
            # 5. The differences.
            halley <- read.csv("{RRefit.CoefficientsFile}", na.strings = "", encoding = "UTF-8",
              colClasses = c("character", "character", "numeric", "numeric", "character"))
            bytes <- function(part) paste(charToRaw(enc2utf8(part)), collapse = "")
            key <- function(names) vapply(strsplit(enc2utf8(names), ":", fixed = TRUE),
              function(parts) paste(sort(vapply(parts, bytes, "")), collapse = ":"), "")
            place <- match(key(halley$r_name), key(names(coefficients)))
            if (anyNA(place)) stop("R has no coefficient ", paste(halley$r_name[is.na(place)], collapse = ", "))
            found <- coefficients[place]
            found_error <- errors[match(names(found), names(errors))]
            estimated <- halley$state == "estimated"
            aliases_agree <- all(is.na(found) == (halley$state == "aliased"))
            size <- pmax(abs(halley$estimate), halley$std_error)
            differences <- c(
              coefficients = max(abs(found - halley$estimate)[estimated] / size[estimated]),
              "standard errors" = max(abs(found_error / halley$std_error - 1)[estimated]),
              deviance = abs(deviance / {RText.Of(Fit.Deviance)} - 1))
            {(
                Fit.Shape is { } shape && Family.IsThetaFitted
                    ? $"differences[\"theta\"] <- abs(fit$theta / {RText.Of(shape.Value)} - 1)\n"
                    : ""
            )}{(
                HasSmooths ? "differences[c(\"curves\", \"errors of curves\")] <- curve_differences()\n" : ""
            )}cat(sprintf("R %s: %d rows, %d coefficients, %d of them estimated\n", getRversion(), nrow(rows), nrow(halley), sum(estimated)))
            cat("largest difference from Halley (coefficients: of the larger of coefficient and standard error; others: relative)\n")
            cat(sprintf("  %-16s %.3g\n", names(differences), differences), sep = "")
            if (!aliases_agree) cat("R leaves out other coefficients than Halley\n")
            passed <- aliases_agree && all(!is.na(differences)) && all(differences < tolerance)
            cat(if (passed) "agrees" else "DIFFERS", sprintf(" (tolerance %.0e)\n", tolerance), sep = "")
            if (!passed) quit(status = 1)

            """;
}
