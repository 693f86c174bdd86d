using Halley.Models;

namespace Halley.Cli;

/// <summary>What the demo prints at its end; every figure rests on generated data.</summary>
sealed record DemoSummary
{
    public bool Simulated { get; } = true;

    public required int Policies { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>Wall time from the start to the summary.</summary>
    public required double Seconds { get; init; }

    public required IReadOnlyList<DemoModel> Models { get; init; }

    public required DemoDecisions Decisions { get; init; }

    public required IReadOnlyList<DemoShadow> Shadow { get; init; }

    public required IReadOnlyList<DemoValue> Value { get; init; }

    public required IReadOnlyList<string> Reports { get; init; }

    public required string Project { get; init; }

    /// <summary>Address of the page; null once the server has stopped.</summary>
    public string? Page { get; init; }
}

/// <param name="Gain">Deviance less the champion's on the same test rows, with its interval: negative is better; null for the champion.</param>
sealed record DemoModel(
    string Target,
    string Model,
    string Learner,
    double? TestDeviance,
    Figure? Gini,
    Figure? ActualExpected,
    Figure? Gain,
    double Seconds
);

sealed record DemoDecisions(int Served, IReadOnlyList<DemoCount> By);

sealed record DemoCount(string Decision, string Action, int Count);

sealed record DemoShadow(
    string Environment,
    string Decision,
    string Champion,
    string Shadow,
    long Compared,
    long Differ,
    long Errors,
    string? Output,
    double? TypicalDifference
);

/// <param name="Truth">The generator's true value of the same difference, EUR a unit; null where the grade does not measure it.</param>
/// <param name="CoversTruth">Whether the interval holds the truth.</param>
sealed record DemoValue(
    string Environment,
    string Decision,
    string Grade,
    string Release,
    string Against,
    string Currency,
    double Value,
    double? Low,
    double? High,
    double? Truth,
    bool? CoversTruth,
    bool Known,
    string Sentence,
    int Decisions
);
