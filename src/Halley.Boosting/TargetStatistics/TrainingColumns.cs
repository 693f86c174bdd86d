using Halley.Data;

namespace Halley.Boosting;

/// <summary>From the columns that trees are grown on to those that a scorer has.</summary>
/// <param name="Inputs">Shape (features).</param>
/// <param name="Bins">Shape (columns): features that are split as they are, then statistics.</param>
/// <param name="Codes">What a scorer computes first: numbers as codes of their values.</param>
/// <param name="Statistics">The statistics, as a scorer has them.</param>
sealed record TrainingColumns(ScorerInput[] Inputs, FeatureBins[] Bins, DerivedColumn[] Codes, DerivedColumn[] Statistics)
{
    /// <summary>What a scorer computes, in its order.</summary>
    internal DerivedColumn[] Derived => [.. Codes, .. Statistics];

    /// <summary>Shape (columns): the place of each among inputs and derived columns.</summary>
    internal int[] Places { get; } =
    [
        .. Bins.Select(
            (bins, column) =>
                column < Bins.Length - Statistics.Length
                    ? Array.FindIndex(Inputs, input => input.Name == bins.Input.Name)
                    : Inputs.Length + Codes.Length + column - (Bins.Length - Statistics.Length)
        ),
    ];
}
