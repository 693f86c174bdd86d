using System.Globalization;
using Spectre.Console;

namespace Halley.Cli;

/// <summary>What a price run found, in the limits' own figures and money.</summary>
sealed record PriceReport
{
    public required int Policies { get; init; }

    /// <summary>Rows that the decision gives no price: declined, referred or failed.</summary>
    public required int WithoutPrice { get; init; }

    public required double? Value { get; init; }

    public required double? Bound { get; init; }

    public required double? Gap { get; init; }

    public required bool Proven { get; init; }

    public required int Passes { get; init; }

    public required double Seconds { get; init; }

    public required IReadOnlyList<LimitReport> Limits { get; init; }

    public required IReadOnlyList<ClashReport> Clash { get; init; }

    public required IReadOnlyList<FrontierPoint> Frontier { get; init; }

    public required IReadOnlyList<RobustnessReport> Robustness { get; init; }

    public static void Draw(IAnsiConsole console, PriceReport report)
    {
        if (report.Value is null)
        {
            console.WriteLine(report.Clash.Count == 0 ? "no plan was found in the time" : "no plan keeps these limits together:");
            foreach (var clash in report.Clash)
                console.WriteLine(Sentence(clash));
            return;
        }
        console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"profit {report.Value:N2}, no plan earns more than {report.Bound:N2}: gap {report.Gap:E1}{(report.Proven ? ", proven the best" : "")}"
            )
        );
        if (report.WithoutPrice > 0)
            console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{report.WithoutPrice:N0} rows get no price from the decision and are left out"
                )
            );
        var limits = Tables.New("limit", "", "figure", "reached", "worth of one more");
        foreach (var limit in report.Limits)
            limits.AddPlainRow(
                limit.Name,
                limit.Sense,
                Tables.Number(limit.Figure),
                Tables.Number(limit.Reached),
                Tables.Number(limit.ShadowPrice)
            );
        console.Write(limits);
        var slopes = Tables.New("slope of demand", "profit", "retention");
        foreach (var one in report.Robustness)
            slopes.AddPlainRow(
                string.Create(CultureInfo.InvariantCulture, $"x {one.SlopeFactor:G4}"),
                one.Profit.ToString("N2", CultureInfo.InvariantCulture),
                Tables.Number(one.Retention)
            );
        console.Write(slopes);
        if (report.Frontier.Count == 0)
            return;
        var frontier = Tables.New("figure", "profit", "bound", "gap");
        foreach (var point in report.Frontier)
            frontier.AddPlainRow(
                Tables.Number(point.Figure),
                double.IsFinite(point.Value) ? point.Value.ToString("N2", CultureInfo.InvariantCulture) : "no plan",
                Tables.Number(point.Bound),
                Tables.Number(point.Gap)
            );
        console.Write(frontier);
    }

    static string Sentence(ClashReport clash) =>
        double.IsInfinity(clash.Give)
            ? $"  {clash.Name}: the others clash without it"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"  {clash.Name}: alone would have to give {clash.Give:G4}{(clash.IsMoney ? " in money" : "")}"
            );
}

/// <summary>A limit with what the plan reaches.</summary>
/// <param name="ShadowPrice">Profit for a figure changed by one, in money.</param>
sealed record LimitReport(string Name, string Sense, double Figure, double? Reached, double ShadowPrice);

/// <summary>A limit of a clash.</summary>
/// <param name="IsMoney">Whether what it gives is expected cost in money, not a figure of its own.</param>
sealed record ClashReport(string Name, double Give, bool IsMoney);

/// <summary>Profit at another figure of a limit.</summary>
sealed record FrontierPoint(double Figure, double Value, double Bound, double Gap);

/// <summary>What the plan earns where the slope of demand is another.</summary>
sealed record RobustnessReport(double SlopeFactor, double Profit, double Retention);
