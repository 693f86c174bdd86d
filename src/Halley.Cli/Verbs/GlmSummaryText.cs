using System.Globalization;
using Halley.Glm;
using Halley.Models;
using Spectre.Console;

namespace Halley.Cli;

/// <summary>A GLM's summary on the terminal.</summary>
static class GlmSummaryText
{
    /// <summary>Points of a path that are shown on either side of the chosen one.</summary>
    const int PathPoints = 5;

    public static void Draw(IAnsiConsole console, GlmSummary summary)
    {
        console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{summary.Model}: {summary.Target}, {summary.Family} with {summary.Link} link, {summary.Rows:N0} learn rows"
            ) + (summary.Exposure is { } years ? string.Create(CultureInfo.InvariantCulture, $", {years:N1} years at risk") : "")
        );
        var figures = Tables.New("figure", "value");
        foreach (var figure in summary.Figures)
            figures.AddPlainRow(figure.Name, figure.Value.ToString("G10", CultureInfo.InvariantCulture));
        console.Write(figures);
        console.Write(Coefficients(summary));
        if (summary.Smooths.Count > 0)
            console.Write(Smooths(summary.Smooths));
        if (summary.Penalty is { Path.Count: > 1 } penalty)
            console.Write(Path(penalty));
        foreach (var note in summary.Notes?.Split(Environment.NewLine) ?? [])
            console.WriteLine(note);
    }

    static Table Coefficients(GlmSummary summary)
    {
        if (summary.Penalty is not null)
            return Estimates(summary);
        var interval = string.Create(
            CultureInfo.InvariantCulture,
            $"{summary.Level:P0} interval{(summary.IsProfile ? " (profile)" : "")}"
        );
        var table = Tables.New("coefficient", "estimate", $"error ({Word(summary.Errors)})", interval, "estimate / error", "p");
        // A smooth's own coefficients say nothing to a reader: its degrees of freedom stand below, its curve in the report.
        var smooth = summary.Smooths.Where(one => one.Curve.Count > 0).Select(one => one.Term).ToHashSet();
        foreach (var line in summary.Lines.Where(line => !smooth.Contains(line.Term)))
            table.AddPlainRow(
                line.Coefficient,
                line.IsBase ? "base" : Fixed(line.Estimate),
                Fixed(line.StandardError),
                line.Lower is null ? "–" : $"{Fixed(line.Lower)} to {Fixed(line.Upper)}",
                line.Statistic is { } statistic ? statistic.ToString("F2", CultureInfo.InvariantCulture) : "–",
                Tables.Number(line.PValue)
            );
        return table;
    }

    /// <summary>A penalised fit has no errors.</summary>
    static Table Estimates(GlmSummary summary)
    {
        var table = Tables.New("coefficient", "estimate");
        foreach (var line in summary.Lines)
            table.AddPlainRow(line.Coefficient, line.IsBase ? "base" : Fixed(line.Estimate));
        return table;
    }

    static Table Smooths(IReadOnlyList<SmoothSummary> smooths)
    {
        var table = Tables.New("smoothed term", "degrees of freedom", "of", "weight of the penalty", "chosen by");
        foreach (var smooth in smooths)
            table.AddPlainRow(
                smooth.Name,
                Tables.Number(smooth.Degrees),
                Tables.Number(smooth.Size),
                Tables.Number(smooth.Lambda),
                smooth.IsChosen ? "REML" : "the file"
            );
        return table;
    }

    /// <summary>The path around the strength that was taken, and the one of least held-out deviance.</summary>
    static Table Path(PenaltyFit penalty)
    {
        var table = Tables.New("strength", "not 0", "held-out deviance", "its error", "");
        var chosen = penalty.Path.Index().MinBy(point => Math.Abs(point.Item.Strength - penalty.Strength)).Index;
        var best = penalty.Path.Index().Where(point => point.Item.HeldOut is not null).MinBy(point => point.Item.HeldOut).Index;
        var shown = Enumerable
            .Range(Math.Max(0, chosen - PathPoints), 2 * PathPoints + 1)
            .Where(point => point < penalty.Path.Count)
            .Append(best)
            .Distinct();
        foreach (var i in shown)
        {
            var point = penalty.Path[i];
            table.AddPlainRow(
                point.Strength.ToString("G6", CultureInfo.InvariantCulture),
                Tables.Number(point.Nonzero),
                point.HeldOut?.ToString("G7", CultureInfo.InvariantCulture) ?? "–",
                Tables.Number(point.HeldOutError),
                i == chosen ? "taken"
                    : i == best ? "least held-out deviance"
                    : ""
            );
        }
        return table;
    }

    static string Fixed(double? value) => value is { } number ? number.ToString("F5", CultureInfo.InvariantCulture) : "–";

    static string Word(ErrorKind kind) =>
        kind switch
        {
            ErrorKind.Robust => "robust",
            ErrorKind.RobustScaled => "robust, scaled",
            ErrorKind.RobustJackknife => "jackknife",
            ErrorKind.Clustered => "clustered",
            _ => "model",
        };
}
