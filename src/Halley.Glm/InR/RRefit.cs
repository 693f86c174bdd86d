using Halley.Data;

namespace Halley.Glm;

/// <summary>A fit as a script that refits it with R on the same rows, and prints the largest differences.</summary>
/// <remarks>
/// R reads the rows as the learner met them, and codes levels, cuts bands, takes logarithms, builds splines, applies exposure and
/// offset by itself. The script needs base R; statmod for Tweedie, MASS for the negative binomial, mgcv for smooths.
/// </remarks>
public sealed record RRefit
{
    /// <summary>File that the script reads <see cref="Rows"/> from.</summary>
    public const string RowsFile = "rows.csv";

    /// <summary>File that the script reads <see cref="Coefficients"/> from.</summary>
    public const string CoefficientsFile = "halley.csv";

    /// <summary>File that the script reads <see cref="Curves"/> from.</summary>
    public const string CurvesFile = "halley-curves.csv";

    /// <summary>Usual name of the script's own file.</summary>
    public const string ScriptFile = "refit.R";

    /// <summary>R source, ASCII. Ends with status 1 where a difference is above 1e-8.</summary>
    public required string Script { get; init; }

    /// <summary>Learn rows with a positive weight: every column that the fit reads.</summary>
    public required Table Rows { get; init; }

    /// <summary>name, r_name, estimate, std_error (model-based), state (estimated, aliased, unbounded).</summary>
    public required Table Coefficients { get; init; }

    /// <summary>smooth, numbers and factors (R's variables), x1 …, level1 …, value, std_error; null where there is no penalised term.</summary>
    public Table? Curves { get; init; }

    /// <summary>Writes a fit in R's words.</summary>
    /// <param name="options">What the fit was asked for.</param>
    /// <param name="set">What it was fitted on.</param>
    /// <exception cref="HalleyException">HLY2151: R can't refit the model; the message says why and what to do.</exception>
    public static RRefit Of(GlmOptions options, TrainingSet set, GlmFit fit)
    {
        RefuseWhatRLacks(options, fit);
        var table = fit.Inference.LearnTable;
        var design = fit.Inference.FittedDesign;
        var variables = new RVariables(name => table[name]);
        // 1. The terms as variables and as pieces of a formula.
        var (pieces, given) = (new List<string>(), new List<string>());
        foreach (var term in design.Terms.Where(term => term.Smooth is null))
        {
            // A factor of one level has nothing to fit; R would refuse it.
            if (Enumerable.Range(0, term.CellCount).All(term.IsBase))
                continue;
            pieces.Add(string.Join(":", term.Parts.Select(part => variables.Of(part, term.Fixed))));
            if (variables.Given(term) is { } offset)
                given.Add(offset);
        }
        var smooths = new RSmooths(name => table[name], variables);
        var curves = design.Terms.Where(term => term.Smooth is not null).SelectMany(term => smooths.Pieces(term, fit)).ToList();
        // 2. The roles, the family, and what Halley found.
        var read = design.Terms.SelectMany(term => term.Parts).Select(part => part.InputName);
        string?[] roles = [set.Target, set.Exposure, set.Weight, set.Offset];
        var rows = table.Select([.. read.Concat(roles.OfType<string>()).Distinct(StringComparer.Ordinal)]);
        rows = smooths.Rounded.Aggregate(rows, (current, column) => current.With(column));
        var family = RFamily.Of(fit.Family, fit.Link, fit.Shape is not null && curves.Count == 0, curves.Count > 0);
        var script = new RScript
        {
            Rows = rows,
            Family = family,
            Pieces = pieces,
            Smooths = curves,
            Knots = smooths.Knots,
            Weights = smooths.Weights,
            Definitions = variables.Definitions + smooths.Definitions,
            Given = given,
            Roles = set,
            Fit = fit,
        };
        return new()
        {
            Script = script.Text(),
            Rows = rows,
            Coefficients = CoefficientsOf(design, variables, fit),
            Curves = curves.Count > 0 ? smooths.Points() : null,
        };
    }

    static void RefuseWhatRLacks(GlmOptions options, GlmFit fit)
    {
        if (options.Penalty is not null)
            throw GlmErrors.NotInR("it is penalised, and R's glmnet stops far from eight digits", "Leave the penalty out");
        if (options.BiasReduction)
            throw GlmErrors.NotInR("R's glm has no Firth correction", "Leave bias_reduction out");
        if (!fit.Converged)
            throw GlmErrors.NotInR(
                "Halley's own fit did not converge, so there is nothing to agree on",
                "See what the fit advises"
            );
        if (fit.Shape is { IsInterior: false, Dispersion: 1 })
            throw GlmErrors.NotInR("theta grows without bound, and MASS stops somewhere on the way", "Use the poisson family");
        if (fit.Smooths.Count > 0 && fit.Coefficients.Any(own => own.IsAliased))
            throw GlmErrors.NotInR(
                $"beside smooths mgcv keeps coefficients that others explain, such as {fit.Coefficients.First(own => own.IsAliased).Name}",
                "Leave such terms out"
            );
    }

    static Table CoefficientsOf(GlmDesign design, RVariables variables, GlmFit fit)
    {
        var errors = fit.Inference.StandardErrors(ErrorKind.Model);
        var (kept, names) = (new List<int>(), new List<string>());
        for (var i = 0; i < design.Order.Length; i++)
        {
            if (i > 0 && design.Locate(design.Order[i]).Term.Smooth is not null)
                continue;
            kept.Add(i);
            names.Add(i == 0 ? GlmCoefficient.ConstantName : NameOf(design.Locate(design.Order[i]), variables));
        }
        var own = kept.ConvertAll(i => fit.Coefficients[i]);
        return new([
            new TextColumn("name", [.. own.Select(coefficient => coefficient.Name)]),
            new TextColumn("r_name", [.. names]),
            new NumericColumn("estimate", [.. own.Select(coefficient => coefficient.Estimate)]),
            new NumericColumn("std_error", [.. kept.Select(i => double.IsFinite(errors[i]) ? errors[i] : double.NaN)]),
            new TextColumn("state", [.. own.Select(StateOf)]),
        ]);
    }

    static string NameOf((DesignTerm Term, int Cell, int Column) place, RVariables variables) =>
        string.Join(
            ":",
            place.Term.PartsAt(place.Cell, place.Column).Select(part => variables.ColumnName(part.Part, part.Index))
        );

    static string StateOf(GlmCoefficient own) =>
        own.IsAliased ? "aliased"
        : own.IsUnbounded ? "unbounded"
        : "estimated";
}
