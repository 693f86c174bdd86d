using System.Globalization;
using Spectre.Console;

namespace Halley.Cli;

/// <summary>Draws the demo's summary on the terminal.</summary>
static class DemoPrinter
{
    public static void Draw(IAnsiConsole console, DemoSummary summary)
    {
        console.WriteLine();
        var simulated = summary.Simulated ? " (simulated data)" : "";
        foreach (var leftOut in summary.LeftOut)
            console.WriteLine($"Left out: {leftOut.Kind} {leftOut.Name}, because {leftOut.Reason}");
        console.WriteLine($"Models, measured on rows that they did not learn from{simulated}");
        var models = Tables.New("target", "model", "deviance", "Gini", "actual / expected", "against the GLM");
        foreach (var model in summary.Models)
        {
            models.AddPlainRow(
                model.Target,
                model.Model,
                Tables.Number(model.TestDeviance),
                Tables.Figure(model.Gini),
                Tables.Figure(model.ActualExpected),
                Tables.Figure(model.Gain)
            );
        }
        console.Write(models);
        foreach (var refusal in summary.Refused)
            console.WriteLine($"{refusal.Release} did not become {refusal.Role} in {refusal.Environment}: {refusal.Why}");
        console.WriteLine(
            Invariant($"Decisions served: {summary.Decisions.Served:N0}, every one durable in the log before its answer")
        );
        foreach (var count in summary.Decisions.By)
            console.WriteLine(Invariant($"  {count.Decision, -14} {count.Action, -14} {count.Count, 6:N0}{Known(count)}"));
        console.WriteLine();
        console.WriteLine("Shadows: the same requests, decided again");
        foreach (var shadow in summary.Shadow)
            console.WriteLine("  " + Describe(shadow));
        console.WriteLine();
        console.WriteLine($"What each release earned, from log and outcomes alone{simulated}; never summed across grades");
        foreach (var value in summary.Value)
        {
            console.WriteLine($"  [{value.Grade}] {value.Sentence}");
            if (value.Truth is { } truth)
                console.WriteLine(
                    Invariant(
                        $"      the generator's truth: {truth:+0.00;-0.00} {value.Currency}{(value.CoversTruth == true ? ", inside the interval" : "")}"
                    )
                );
        }
        foreach (var lacking in summary.Lacking)
            console.WriteLine($"  {lacking}");
        console.WriteLine();
        console.WriteLine(Invariant($"{summary.Seconds:0} s. Project: {summary.Project}; reports in its folder 'reports'"));
    }

    static string Known(DemoCount count) =>
        count.Known.Count == 0
            ? ""
            : "   in truth: "
                + string.Join(", ", count.Known.Select(known => Invariant($"{known.Outcome} {known.Mean:G4}")))
                + $" a {count.Known[0].Per}";

    static string Describe(DemoShadow shadow)
    {
        var differ = shadow.Compared == 0 ? 0 : (double)shadow.Differ / shadow.Compared;
        var typical = shadow.TypicalDifference is { } difference
            ? Invariant($", {shadow.Output} typically by {difference:P1}")
            : "";
        return Invariant(
            $"{shadow.Environment}: {shadow.Shadow} beside {shadow.Champion}: {shadow.Compared:N0} compared, {differ:P0} differ{typical}, {shadow.Errors} errors"
        );
    }

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
