namespace Halley.Bench;

/// <summary>Whether figures of value, verdicts, estimates of fraud and alarms are right as often as they say, where the truth is known.</summary>
/// <remarks>A new study is a list of worlds in bench/honest/scenarios.yaml, a class that plays them, its figures here and its part of the report.</remarks>
sealed class HonestArea : IArea
{
    static readonly string[] ValueIds =
    [
        "honest.value_coverage",
        "honest.anytime_coverage",
        "honest.wrong_verdict",
        "honest.before_after_coverage",
    ];

    readonly List<ValueFindings> values = [];
    readonly List<FraudFindings> frauds = [];
    readonly List<MonitorFindings> monitors = [];

    public string Name => "honest";

    public IEnumerable<Figure> Measure(BenchOptions options)
    {
        var scenarios = HonestScenarios.Read();
        var runs = options.Quick ? 400 : 4000;
        foreach (var (number, scenario) in Wanted(options, scenarios.Value, ValueIds))
        {
            values.Add(new ValueStudy(scenario, number + 1).Run(runs));
            Console.Error.WriteLine(HonestReport.Line(values[^1]));
        }
        foreach (var figure in values.Count > 0 ? ValueFigures() : [])
            yield return figure;
        foreach (var (number, scenario) in Wanted(options, scenarios.Fraud, ["honest.fraud"]))
        {
            frauds.Add(new FraudStudy(scenario, number + 1).Run(runs));
            yield return FraudFigure(frauds[^1]);
        }
        foreach (var (number, scenario) in Wanted(options, scenarios.Monitor, ["honest.false_alarm"]))
        {
            monitors.Add(new MonitorStudy(scenario, number).Run(scenario.IsHealthy ? runs / 4 : runs / 40));
            Console.Error.WriteLine(HonestReport.Line(monitors[^1]));
        }
        if (monitors.Count > 0)
            yield return FalseAlarmFigure();
    }

    /// <summary>Worlds with their number; none where <c>--only</c> asks for other figures.</summary>
    static IEnumerable<(int Number, T World)> Wanted<T>(BenchOptions options, IReadOnlyList<T> worlds, string[] ids) =>
        ids.Any(options.Wants) ? worlds.Index() : [];

    public IEnumerable<(string Path, string Text)> Documents =>
        [("honest/report.md", HonestReport.Write(values, frauds, monitors))];

    IEnumerable<Figure> ValueFigures()
    {
        // Where both releases answer alike, every shadow pair differs by nothing and its interval is a point.
        var grades = values
            .SelectMany(found =>
                new[] { (Grade: "randomised arm", Of: found.Arms, found), (Grade: "shadow pair", Of: found.Pairs, found) }
            )
            .Where(one => one.Grade != "shadow pair" || !one.found.IsSame)
            .ToList();
        var worst = grades.MaxBy(one => Math.Abs(one.Of.Coverage - 0.95));
        yield return Share(
            "honest.value_coverage",
            worst.Of.Coverage,
            $"furthest from 95 %: {worst.Grade}, {worst.found.Scenario.Name}"
        );
        var least = grades.MinBy(one => one.Of.AnytimeCoverage);
        yield return Share(
            "honest.anytime_coverage",
            least.Of.AnytimeCoverage,
            $"least: {least.Grade}, {least.found.Scenario.Name}; experiments in which no weekly look missed"
        );
        var wrong = grades.MaxBy(one => one.Of.WrongShare);
        yield return Share(
            "honest.wrong_verdict",
            wrong.Of.WrongShare,
            $"most: {wrong.Grade}, {wrong.found.Scenario.Name}; experiments in which any weekly look had a wrong verdict"
        );
        var before = values.Where(found => found.BeforeAfter.Looks > 0).MinBy(found => found.BeforeAfter.Coverage)!;
        yield return Share("honest.before_after_coverage", before.BeforeAfter.Coverage, $"least: {before.Scenario.Name}");
    }

    Figure FalseAlarmFigure()
    {
        var worst = monitors.Where(found => found.Scenario.IsHealthy).MaxBy(found => found.UpperRate)!;
        return Share(
            "honest.false_alarm",
            worst.UpperRate,
            FormattableString.Invariant(
                $"upper end of the 95 % interval, most: {worst.Scenario.Name}; {worst.FalseAlarms} of {worst.Runs} releases with any alarm of their whole monitor in four healthy years, looked at every month"
            )
        );
    }

    static Figure FraudFigure(FraudFindings found) =>
        new(
            "honest.fraud_refit_bias",
            100 * found.RefitBias,
            "% of the true fraud rate",
            "a refit that forgets who was checked",
            100 * found.NaiveBias,
            Settings: FormattableString.Invariant(
                $"{found.Scenario.Name}: true rate {found.Truth:P2}, {found.Runs} runs, standard error {100 * found.RefitError:F2}; interval of the rate holds it in {found.Coverage:P1}"
            )
        );

    static Figure Share(string id, double share, string settings) => new(id, 100 * share, "%", Settings: settings);
}
