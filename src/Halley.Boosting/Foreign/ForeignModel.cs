using Halley.Statistics;

namespace Halley.Boosting;

/// <summary>A model of another library as its file tells it: what it is, and what can be made of it.</summary>
public sealed record ForeignModel
{
    readonly Func<ForeignOptions, TreeEnsemble> build;

    /// <param name="build">Makes the trees, with the options applied.</param>
    internal ForeignModel(Func<ForeignOptions, TreeEnsemble> build) => this.build = build;

    /// <summary><c>XGBoost</c>, <c>LightGBM</c>, <c>CatBoost</c> or <c>ONNX</c>.</summary>
    public required string Library { get; init; }

    /// <summary>Of the library or the format, as the file states it; empty where it does not.</summary>
    public required string Version { get; init; }

    /// <summary>The library's name of its objective; empty where the file does not say.</summary>
    public required string Objective { get; init; }

    /// <summary>From raw score to prediction; null where the objective is not known here.</summary>
    public required ForeignLink? Link { get; init; }

    /// <summary>In the order of the library's columns.</summary>
    public required IReadOnlyList<ForeignFeature> Features { get; init; }

    /// <summary>Raw scores a row: classes, targets or quantiles.</summary>
    public required int OutputCount { get; init; }

    /// <summary>Boosting rounds in the file.</summary>
    public required int Iterations { get; init; }

    /// <summary>Rounds up to the best one where the file tells it; the library's own estimators predict with these.</summary>
    public int? BestIterations { get; init; }

    /// <summary>Whether a prediction counts or sums over a time: then how exposure came into training must be told.</summary>
    public bool NeedsExposureRule =>
        Link is { } link
        && (
            link.Family is not { } family
                ? link.Link.Function == LinkFunction.Log
                : family == Family.Poisson
                    || family == Family.Gamma
                    || family.Name.StartsWith("tweedie", StringComparison.Ordinal)
        );

    /// <summary>Makes the scorer.</summary>
    /// <exception cref="Data.HalleyException">HLY2222: an option is missing or does not fit the file.</exception>
    public TreeEnsemble ToEnsemble(ForeignOptions? options = null)
    {
        options ??= new();
        if (options.Output is < 0 || options.Output >= OutputCount)
            throw ForeignErrors.Untold(
                $"output {options.Output} is asked for, and it has outputs 0 to {OutputCount - 1}.",
                "Choose one of those."
            );
        if (options.Iterations is { } iterations && (iterations < 1 || iterations > Iterations))
            throw ForeignErrors.Untold(
                $"{iterations} iterations are asked for, and it has {Iterations}.",
                "Ask for 1 to that many."
            );
        return build(options);
    }
}
