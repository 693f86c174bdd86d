using System.Text;

namespace Halley.Bench;

/// <summary>The committed report of the honest area.</summary>
static class HonestReport
{
    public static string Line(ValueFindings found) =>
        FormattableString.Invariant(
            $"{found.Scenario.Name}: truth {found.PerUnit:F2} a unit; arms {found.Arms.Coverage:P1} held, {found.Arms.AnytimeCoverage:P1} at all times, {found.Arms.WrongShare:P1} wrong; pairs {found.Pairs.Coverage:P1}, {found.Pairs.AnytimeCoverage:P1}, {found.Pairs.WrongShare:P1}"
        );

    public static string Line(MonitorFindings found) =>
        FormattableString.Invariant(
            $"{found.Scenario.Name}: {found.FalseAlarms} false of {found.Runs} (at most {found.UpperRate:P1}); found {found.Found}, median {found.MedianDelay} months; first alarms: {found.Kinds}; verdicts: {found.Verdicts}"
        );

    public static string Write(
        IReadOnlyList<ValueFindings> values,
        IReadOnlyList<FraudFindings> frauds,
        IReadOnlyList<MonitorFindings> monitors
    )
    {
        var text = new StringBuilder();
        text.AppendLine("# Honest where the truth is known");
        text.AppendLine();
        text.AppendLine(
            FormattableString.Invariant(
                $"Written by `bench/run honest --save` from the worlds of [scenarios.yaml](scenarios.yaml): {values[0].Runs:N0} runs each, through the value ledger, the experiments and the verdicts of the product. The binomial error of a share near 95 % is {100 * Math.Sqrt(0.95 * 0.05 / values[0].Runs):F2} points. [What it means](../../docs/guide/honest.md)."
            )
        );
        Table(text, "Randomised arms", "a unit", values, found => (found.Arms, found.PerUnit));
        Table(text, "Shadow pairs", "a request", values, found => (found.Pairs, found.PerRequest));
        text.AppendLine();
        text.AppendLine(
            "A shadow pair of two releases that answer alike differs by nothing, and its interval is a point at zero."
        );
        BeforeAfter(text, values);
        Fraud(text, frauds);
        Monitor(text, monitors);
        return text.ToString();
    }

    static void Table(
        StringBuilder text,
        string grade,
        string per,
        IReadOnlyList<ValueFindings> values,
        Func<ValueFindings, (GradeFindings Found, double Truth)> of
    )
    {
        text.AppendLine();
        text.AppendLine($"## {grade}");
        text.AppendLine();
        text.AppendLine(
            $"| world | what is special | true difference {per} | one look holds it | every weekly look holds it | any look's verdict wrong | decided at the end |"
        );
        text.AppendLine("| --- | --- | ---: | ---: | ---: | ---: | ---: |");
        foreach (var value in values)
        {
            var (found, truth) = of(value);
            text.AppendLine(
                FormattableString.Invariant(
                    $"| {value.Scenario.Name} | {value.Scenario.Words} | {truth:F2} | {Percent(found.Coverage)} | {Percent(found.AnytimeCoverage)} | {Percent(found.WrongShare)} | {Percent(found.DecidedShare)} |"
                )
            );
        }
    }

    static void BeforeAfter(StringBuilder text, IReadOnlyList<ValueFindings> values)
    {
        text.AppendLine();
        text.AppendLine("## Before and after");
        text.AppendLine();
        text.AppendLine(
            "One release in the first half of the window and another in the second; not measured with renewals. Nothing makes these intervals hold, which is why the grade is the weakest."
        );
        text.AppendLine();
        text.AppendLine("| world | holds the truth | runs |");
        text.AppendLine("| --- | ---: | ---: |");
        foreach (var value in values.Where(value => value.BeforeAfter.Looks > 0))
            text.AppendLine(
                FormattableString.Invariant(
                    $"| {value.Scenario.Name} | {Percent(value.BeforeAfter.Coverage)} | {value.BeforeAfter.Looks:N0} |"
                )
            );
    }

    static void Fraud(StringBuilder text, IReadOnlyList<FraudFindings> frauds)
    {
        text.AppendLine();
        text.AppendLine("## Fraud learnt from a triage");
        text.AppendLine();
        text.AppendLine(
            "| world | what is special | true rate | rate from checks by their logged chance | its interval holds the truth | rate of the checked alone | refit with logged chances | refit without |"
        );
        text.AppendLine("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var found in frauds)
            text.AppendLine(
                FormattableString.Invariant(
                    $"| {found.Scenario.Name} | {found.Scenario.Words} | {Percent(found.Truth)} | {Signed(found.ShareBias)} | {Percent(found.Coverage)} | {Signed(found.UnweightedBias)} | {Signed(found.RefitBias)} ± {100 * found.RefitError:F2} | {Signed(found.NaiveBias)} |"
                )
            );
        text.AppendLine();
        text.AppendLine("Rates are given as their mean error in per cent of the true rate; ± is one standard error.");
    }

    static void Monitor(StringBuilder text, IReadOnlyList<MonitorFindings> monitors)
    {
        text.AppendLine();
        text.AppendLine("## The monitor of a release");
        text.AppendLine();
        text.AppendLine(
            "Four years, looked at every month. A false alarm is any alarm of the whole monitor, of any kind and segment, at any look before something changed. The plan's risk is 5 %."
        );
        text.AppendLine();
        text.AppendLine(
            "| book | what is special | runs | with a false alarm | at most (95 %) | change found | median months to the first alarm | verdicts at the end |"
        );
        text.AppendLine("| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |");
        foreach (var found in monitors)
        {
            var (share, delay) = found.Scenario.IsHealthy
                ? ("–", "–")
                : (Percent((double)found.Found / found.Runs), FormattableString.Invariant($"{found.MedianDelay}"));
            text.AppendLine(
                FormattableString.Invariant(
                    $"| {found.Scenario.Name} | {found.Scenario.Words} | {found.Runs:N0} | {Percent(found.Rate)} | {Percent(found.UpperRate)} | {share} | {delay} | {found.Verdicts} |"
                )
            );
        }
    }

    static string Percent(double share) => FormattableString.Invariant($"{100 * share:F1} %");

    static string Signed(double share) => FormattableString.Invariant($"{Math.Round(100 * share, 1) + 0.0:+0.0;−0.0;0.0} %");
}
