using System.CommandLine;
using Halley.Boosting;
using Halley.Data;
using Halley.Models;
using Halley.Reports;

namespace Halley.Cli;

/// <summary><c>halley report MODEL… --out FILE</c></summary>
sealed class ReportVerb() : Verb("report", "Write one self-contained HTML page with the pictures that actuaries look for.")
{
    /// <summary>Inputs of trees whose dependence is drawn, and rows that it is looked at over.</summary>
    const int DependenceFeatures = 8;

    const int DependenceRows = 2000;

    readonly Argument<string[]> models = new("model")
    {
        Description = "One or more fitted models of one target, the champion first.",
        Arity = ArgumentArity.OneOrMore,
    };
    readonly Option<string?> data = new("--data")
    {
        Description = "Table of data.yaml, or a file. Default: what the first model was fitted on.",
    };
    readonly Option<string?> page = new("--out")
    {
        Description = "HTML file to write. Default: reports/MODEL.html in the project, MODEL_MODEL.html for several.",
    };

    readonly Option<string?> by = new("--by")
    {
        Description = "Column, such as year: tests whether each term of a GLM does the same in every part of the learn rows.",
    };

    protected override IEnumerable<Symbol> Symbols => [models, data, page, by];

    protected override Task<int> RunAsync(CommandContext context)
    {
        var project = context.OpenProject();
        var fitted = context.Arguments.GetRequiredValue(models).Select(project.ReadModel).ToList();
        var source = context.Get(data) ?? project.DataOf(fitted[0]);
        var path = context.Get(page) ?? Path.Combine(project.Folder, "reports", FileOf(fitted));
        var replaces = File.Exists(path);
        context.WithProgress(
            "report",
            progress => Write(project, fitted, source, path, progress, context.Cancellation, context.Get(by))
        );
        context.Output.Write(
            new
            {
                Models = fitted.Select(model => model.Name),
                Page = path,
                Replaces = replaces,
                Simulated = project.IsSimulated(source),
            },
            console => console.WriteLine($"written: {path}{(replaces ? ", in place of the page that was there" : "")}")
        );
        return Task.FromResult(ExitStatus.Passed);
    }

    /// <summary>Names of models hold no underscore, so each choice of models has a file of its own.</summary>
    static string FileOf(List<FittedModel> models)
    {
        const int Longest = 120;
        var name = string.Join("_", models.Select(model => model.Name));
        return (name.Length <= Longest ? name : $"{models[0].Name}_and_{models.Count - 1}_others") + ".html";
    }

    /// <summary>Writes the page and returns the models side by side.</summary>
    /// <param name="by">Column whose values are the parts that terms are compared over; null for none.</param>
    public static ModelComparison? Write(
        Project project,
        IReadOnlyList<FittedModel> models,
        string source,
        string path,
        IProgress<FitProgress> progress,
        CancellationToken cancellation,
        string? by = null
    )
    {
        var table = project.ReadTable(source, cancellation, progress.Part(0, 0.1));
        var factors = models[0]
            .Spec.Learner.FeatureNames.Union(models.SelectMany(model => model.Spec.Learner.FeatureNames))
            .Where(table.Has)
            .ToList();
        var options = new EvaluationOptions { Factors = factors };
        var comparison =
            models.Count > 1
                ? ModelComparison.Of(models, table, options with { Progress = progress.Part(0.1, 0.4) }, cancellation)
                : null;
        var share = 0.5 / models.Count;
        var evaluations = models
            .Select(
                (model, i) =>
                {
                    var part = progress.Part(0.4 + share * i, 0.4 + share * (i + 1));
                    return Evaluation.Of(model, table, options with { Progress = part }, cancellation);
                }
            )
            .ToList();
        var report = new ModelReport
        {
            Title = $"{models[0].Spec.Target}: {string.Join(" and ", models.Select(model => model.Name))}",
            Models = models,
            Evaluations = evaluations,
            Comparison = comparison,
            Consistency = by is null
                ? []
                : [.. models.Where(HasLikelihoodRatios).Select(model => ConsistencyOf(model, table, by, cancellation))],
            Dependences = [.. models.Select(model => DependenceOf(model, table, cancellation)).OfType<ModelDependence>()],
            Simulated = project.IsSimulated(source),
        };
        progress.Report(new("drawing", 0.9));
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, report.ToHtml());
        return comparison;
    }

    /// <summary>On the inputs that trees use most, over rows evenly spread; null for models of other kinds.</summary>
    static ModelDependence? DependenceOf(FittedModel model, Table table, CancellationToken cancellation)
    {
        if (model.Scorer is not TreeEnsemble trees)
            return null;
        var inputs = model.ScoreInputs.Fields.Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        string[] features =
        [
            .. trees
                .Importance()
                .Where(own => own.Cuts > 0 && inputs.Contains(own.Feature))
                .OrderByDescending(own => own.Gain)
                .ThenByDescending(own => own.Cuts)
                .Select(own => own.Feature)
                .Take(DependenceFeatures),
        ];
        var count = Math.Min(table.RowCount, DependenceRows);
        if (features.Length == 0 || count == 0)
            return null;
        var rows = table.Take([.. Enumerable.Range(0, count).Select(row => (int)((long)row * table.RowCount / count))]);
        return new(model.Name, count, Dependence.Of(model, rows, features: features, cancellation: cancellation));
    }

    /// <summary>Trees have no terms, and a penalised model no likelihood ratios.</summary>
    static bool HasLikelihoodRatios(FittedModel model) =>
        model.Spec is { OffsetModel: null, Learner: GlmLearner { Options: { Penalty: null, BiasReduction: false } } };

    static ModelConsistency ConsistencyOf(FittedModel model, Table table, string by, CancellationToken cancellation) =>
        new(model.Name, by, ModelSearch.Consistency(model.Spec, table, by, cancellation: cancellation));
}
