using Halley.Models;

namespace Halley.Cli;

/// <summary>What the demo prints at its end.</summary>
sealed record DemoSummary
{
    /// <summary>Whether figures rest on generated data.</summary>
    public required bool Simulated { get; init; }

    /// <summary>Folder of the user's own data; null where a portfolio was generated.</summary>
    public string? Data { get; init; }

    /// <summary>Generated policies; null for the user's own data.</summary>
    public int? Policies { get; init; }

    public ulong? Seed { get; init; }

    /// <summary>Wall time from the start to the summary.</summary>
    public required double Seconds { get; init; }

    /// <summary>Models and decisions that the data cannot feed.</summary>
    public required IReadOnlyList<LeftOut> LeftOut { get; init; }

    public required IReadOnlyList<DemoModel> Models { get; init; }

    /// <summary>Promotions that a gate refused.</summary>
    public required IReadOnlyList<DemoRefusal> Refused { get; init; }

    public required DemoDecisions Decisions { get; init; }

    public required IReadOnlyList<DemoShadow> Shadow { get; init; }

    public required IReadOnlyList<DemoValue> Value { get; init; }

    /// <summary>What is not known of the value, because the data lack it.</summary>
    public required IReadOnlyList<string> Lacking { get; init; }

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
    bool Simulated,
    double? TestDeviance,
    Figure? Gini,
    Figure? ActualExpected,
    Figure? Gain,
    double Seconds
);

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

/// <param name="Why">The gates that refused, what they found and what would help.</param>
sealed record DemoRefusal(string Release, string Environment, string Role, string Why);
