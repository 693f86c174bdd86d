namespace Halley.Models;

/// <summary>What to measure, and on which rows.</summary>
public sealed record EvaluationOptions
{
    /// <summary>The part of the model's split to measure on; null for every row of the data, whatever the split. Default test.</summary>
    public DataPart? Part { get; init; } = DataPart.Test;

    /// <summary>Bands of equal exposure in lift tables. Range from 2. Default 10.</summary>
    public int Bands { get; init; } = 10;

    /// <summary>Columns and derived features to show actual against expected by; null for the model's features.</summary>
    public IReadOnlyList<string>? Factors { get; init; }

    /// <summary>Bands of a number or date with more distinct values than this. Range from 2. Default 12.</summary>
    public int FactorBands { get; init; } = 12;

    /// <summary>Groups of equal exposure that residuals are crunched to. Range from 2. Default 50.</summary>
    public int ResidualGroups { get; init; } = 50;

    /// <summary>Level of the intervals. Range (0, 1). Default 0.95.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Resamples of the bootstrap intervals. Range [20, 100,000]. Default 200.</summary>
    public int Replicates { get; init; } = 200;

    /// <summary>Seed of the resamples. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads; 0 for all processors. Changes no figure. Default 0.</summary>
    public int Threads { get; init; }

    /// <summary>Told how far the work has come; null for nobody.</summary>
    public IProgress<FitProgress>? Progress { get; init; }

    internal Statistics.BootstrapOptions Bootstrap =>
        new()
        {
            Replicates = Replicates,
            Level = Level,
            Seed = Seed,
            Threads = Threads,
        };

    /// <summary>Every problem at once.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        if (Bands < 2)
            problems.Add($"bands: {Bands} is below 2.");
        if (FactorBands < 2)
            problems.Add($"factor bands: {FactorBands} is below 2.");
        if (ResidualGroups < 2)
            problems.Add($"residual groups: {ResidualGroups} is below 2.");
        if (!(Level is > 0 and < 1))
            problems.Add($"level: {ModelSpecText.Of(Level)} is not between 0 and 1.");
        if (Replicates is < 20 or > 100_000)
            problems.Add($"replicates: {Replicates} is not from 20 to 100000.");
        return problems;
    }

    internal void EnsureValid()
    {
        var problems = Validate();
        if (problems.Count > 0)
            throw new HalleyException("HLY3509", $"the evaluation's options can't be used: {string.Join(" ", problems)}");
    }
}
