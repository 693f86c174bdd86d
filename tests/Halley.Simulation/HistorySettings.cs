using System.Globalization;

namespace Halley.Simulation;

/// <summary>What one simulated history is made of. The seed alone gives the faults and their moments.</summary>
sealed record HistorySettings(int Seed)
{
    /// <summary>Histories in a run of the tests: HALLEY_SIMULATION_HISTORIES, or 120.</summary>
    internal static int Histories { get; } = Number("HALLEY_SIMULATION_HISTORIES", 120);

    /// <summary>The first seed: HALLEY_SIMULATION_SEED, or 1.</summary>
    internal static int FirstSeed { get; } = Number("HALLEY_SIMULATION_SEED", 1);

    /// <summary>Operations of a history: HALLEY_SIMULATION_OPERATIONS, or 1,000.</summary>
    internal int Operations { get; init; } = Number("HALLEY_SIMULATION_OPERATIONS", 1000);

    internal int Servers { get; init; } = 2;

    /// <summary>Planted bug: syncs do nothing.</summary>
    internal bool SkipsSync { get; init; }

    /// <summary>Planted bug: a caller's retry comes without its key.</summary>
    internal bool ForgetsKeys { get; init; }

    /// <summary>Planted bug: a promotion that was acknowledged is put into effect once more.</summary>
    internal bool PromotesTwice { get; init; }

    /// <summary>Planted bug: a server never looks for promotions again.</summary>
    internal bool NeverRefreshes { get; init; }

    /// <summary>Planted bug: an outcome that is delivered twice comes with another id the second time.</summary>
    internal bool DoublesOutcomes { get; init; }

    /// <summary>Planted bug: a shadow's answer is logged as a decision.</summary>
    internal bool ShadowsDecide { get; init; }

    static int Number(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : otherwise;
}
