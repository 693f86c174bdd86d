namespace Halley.Reports;

/// <summary>All that the paper for a risk committee says, as texts: the page sets them and computes nothing.</summary>
public sealed record CommitteePaper
{
    /// <summary>For example <c>motor-quote@2 for production</c>.</summary>
    public required string Title { get; init; }

    /// <summary>What is asked, of whom, by whom.</summary>
    public required string Lede { get; init; }

    public required bool Simulated { get; init; }

    /// <summary>The verdict in one sentence: ready, or what stands against it.</summary>
    public required string Verdict { get; init; }

    /// <summary>Whether nothing stands against it.</summary>
    public required bool IsReady { get; init; }

    /// <summary>Four figures for the first page at most: name, value, and the words below.</summary>
    public required IReadOnlyList<(string Name, string Value, string Words)> Headlines { get; init; }

    /// <summary>What changes, the most important first.</summary>
    public required IReadOnlyList<(string Part, string What)> Changes { get; init; }

    /// <summary>Policies and premium by size of change; the share of policies draws a bar.</summary>
    public required IReadOnlyList<(string Band, string Policies, string Before, string After, double Share)> Bands { get; init; }

    /// <summary>Name, before, after, difference with interval.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Money { get; init; }

    /// <summary>Segment, policies, change.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Losers { get; init; }

    /// <summary>Segment, policies, change.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Gainers { get; init; }

    /// <summary>Segment, actual, expected, ratio with interval.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> ActualExpected { get; init; }

    /// <summary>Name and figure; empty where the release was nobody's shadow.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Shadow { get; init; }

    /// <summary>Gate, verdict (pass, FAIL, warn, waived), finding.</summary>
    public required IReadOnlyList<(string Gate, string Verdict, string Finding)> Gates { get; init; }

    /// <summary>Gate, by whom and as what, until, why.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Waivers { get; init; }

    /// <summary>What is still to be done or known, a sentence each.</summary>
    public required IReadOnlyList<string> OpenPoints { get; init; }

    /// <summary>Part, version, hash, origin.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Lineage { get; init; }

    /// <summary>Edits by hand of the rating tables: model, the edit with author, time, reason and what it changed.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Edits { get; init; } = [];

    /// <summary>Who, role, when, why.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Approvals { get; init; }

    /// <summary>What every figure rests on, a sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
