using Halley.Data;
using Halley.Decisions;
using Halley.Models;
using Halley.Registry;

namespace Halley.Cli;

/// <summary>Evidence for gates from the project: the decision's tests and held-out data.</summary>
sealed class Evidence(Project project, LocalStore store, ReleaseLoader loader) : IEvidenceProvider
{
    public async Task<GateEvidence?> GatherAsync(
        Gate gate,
        GateSubject subject,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    ) =>
        gate switch
        {
            ArtefactGate => await ArtefactsAsync(gate, subject, cancellation),
            DecisionTestsGate => await TestsAsync(gate, subject, cancellation),
            ActualExpectedGate fit => await ActualExpectedAsync(fit, subject, progress, cancellation),
            MetricGate metric => await MetricAsync(metric, subject, progress, cancellation),
            _ => null,
        };

    async Task<GateEvidence> ArtefactsAsync(Gate gate, GateSubject subject, CancellationToken cancellation)
    {
        var check = await store.Registry.VerifyReleaseAsync(subject.Release.Id, cancellation);
        var problems = check.Problems.ToList();
        if (problems.Count == 0)
        {
            try
            {
                await loader.LoadAsync(subject.Release.Id, cancellation);
            }
            catch (HalleyException problem)
            {
                problems.Add(problem.Message);
            }
        }
        return new ArtefactEvidence
        {
            Gate = gate.Name,
            Checked = subject.Release.Models.Count + subject.Release.Tables.Count + 1,
            Problems = problems,
        };
    }

    async Task<GateEvidence?> TestsAsync(Gate gate, GateSubject subject, CancellationToken cancellation)
    {
        var loaded = await loader.LoadAsync(subject.Release.Id, cancellation);
        if (!loaded.Tables.TryGetValue(Releasing.TestsTable, out var tests))
            return null;
        var results = new DecisionTestRunner(new(loaded.Plan)).Run(TestCases.Read(tests));
        return new DecisionTestsEvidence
        {
            Gate = gate.Name,
            Total = results.Count,
            Failed = [.. results.Where(result => !result.Passed).Select(result => result.Name)],
        };
    }

    async Task<GateEvidence?> ActualExpectedAsync(
        ActualExpectedGate gate,
        GateSubject subject,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        var loaded = await loader.LoadAsync(subject.Release.Id, cancellation);
        if (loaded.Release.Models.Count == 0)
            return null;
        var reference = loaded.Definition.Models[0].Reference;
        var model = loaded.Models[reference];
        if (project.FindData(model) is not { } data)
            return null;
        // Simultaneous intervals (Bonferroni): a first look counts the segments, a second one measures at their level.
        var table = project.ReadTable(data, cancellation, progress.Part(0, 0.3));
        var options = new EvaluationOptions
        {
            Factors = gate.Segments,
            Replicates = 20,
            Progress = progress.Part(0.3, 0.65),
        };
        var segments = Segments(Evaluation.Of(model, table, options, cancellation));
        var judged = Math.Max(1, segments.Count(segment => segment.Expected >= gate.MinimumExpected));
        var atLevel = options with { Level = 1 - (1 - gate.Confidence) / judged, Progress = progress.Part(0.65, 1) };
        return new ActualExpectedEvidence
        {
            Gate = gate.Name,
            Segments = Segments(Evaluation.Of(model, table, atLevel, cancellation)),
            Simulated = project.IsSimulated(data),
        };
    }

    static List<ActualExpectedSegment> Segments(Evaluation evaluation)
    {
        var segments = evaluation.Factors.SelectMany(factor =>
            factor.Levels.Select(level => Segment(factor.Factor, level.Level, level.Actual, level.Expected, level.Ratio))
        );
        // All classes together are as many as there are rows: each stands for itself.
        foreach (var one in evaluation.Classes ?? [])
        {
            segments = segments
                .Append(Segment("class", one.Name, one.Actual, one.Predicted, one.ActualExpected))
                .Concat(
                    one.Factors.SelectMany(factor =>
                        factor.Levels.Select(level =>
                            Segment($"{one.Name} by {factor.Factor}", level.Level, level.Actual, level.Expected, level.Ratio)
                        )
                    )
                );
        }
        return [.. segments.Prepend(Segment("", "", evaluation.Actual, evaluation.Predicted, evaluation.ActualExpected))];
    }

    static ActualExpectedSegment Segment(string field, string level, double actual, double expected, Figure? ratio) =>
        new(field, level, actual, expected, ratio?.Lower ?? double.NaN, ratio?.Upper ?? double.NaN);

    async Task<GateEvidence?> MetricAsync(
        MetricGate gate,
        GateSubject subject,
        IProgress<FitProgress>? progress,
        CancellationToken cancellation
    )
    {
        var loaded = await loader.LoadAsync(subject.Release.Id, cancellation);
        var use = gate.Model is null
            ? (loaded.Definition.Models is [var first, ..] ? first : null)
            : loaded.Definition.Models.FirstOrDefault(model => model.Alias == gate.Model);
        if (use is null || project.FindData(loaded.Models[use.Reference]) is not { } data)
            return null;
        var table = project.ReadTable(data, cancellation, progress.Part(0, 0.3));
        var model = loaded.Models[use.Reference];
        var options = new EvaluationOptions { Progress = progress.Part(0.3, 1) };
        var champion = subject.Arms.Champion is { } live ? await ChampionModelAsync(live, use.Alias, cancellation) : null;
        if (champion is null || champion.Lineage == model.Lineage)
        {
            var alone = Evaluation.Of(model, table, options, cancellation);
            return alone[gate.Metric] is { } figure
                ? new MetricEvidence
                {
                    Gate = gate.Name,
                    Candidate = figure,
                    HigherIsBetter = IsHigherBetter(gate.Metric),
                    Simulated = project.IsSimulated(data),
                }
                : null;
        }
        return Against(gate, ModelComparison.Of([champion, model], table, options, cancellation), project.IsSimulated(data));
    }

    static MetricEvidence? Against(MetricGate gate, ModelComparison comparison, bool simulated)
    {
        double? Of(int model) => comparison.Models[model].Metrics.FirstOrDefault(metric => metric.Name == gate.Metric)?.Value;
        if (Of(1) is not { } candidate)
            return null;
        var difference = gate.Metric switch
        {
            "deviance" => comparison.Models[1].AgainstFirst?.Deviance,
            "gini" => comparison.Models[1].AgainstFirst?.Gini,
            "logLoss" => comparison.Models[1].AgainstFirst?.LogLoss,
            "brier" => comparison.Models[1].AgainstFirst?.Brier,
            "accuracy" => comparison.Models[1].AgainstFirst?.Accuracy,
            _ => null,
        };
        return new()
        {
            Gate = gate.Name,
            Candidate = candidate,
            Champion = Of(0),
            HigherIsBetter = IsHigherBetter(gate.Metric),
            DifferenceLower = difference?.Lower,
            DifferenceUpper = difference?.Upper,
            Simulated = simulated,
        };
    }

    async Task<FittedModel?> ChampionModelAsync(VersionId champion, string alias, CancellationToken cancellation)
    {
        var loaded = await loader.LoadAsync(champion, cancellation);
        var use = loaded.Definition.Models.FirstOrDefault(model => model.Alias == alias);
        return use is null ? null : loaded.Models[use.Reference];
    }

    static bool IsHigherBetter(string metric) =>
        metric is "gini" or "auc" or "accuracy" or "averagePrecision" or "devianceExplained";
}
