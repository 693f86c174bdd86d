using Halley.Data;

namespace Halley.Boosting;

/// <summary>A training set checked and binned, ready for any number of fits.</summary>
/// <param name="Balance">Of the learn rows.</param>
/// <param name="Start">The score before the first tree.</param>
sealed record PreparedSet(TrainingSet Set, Balance Balance, double Start)
{
    internal required PreparedRows Learn { get; init; }

    internal PreparedRows? Validation { get; init; }

    /// <summary>Both parts with their scores at the start.</summary>
    internal (BoostedPart Learn, BoostedPart? Validation) Parts(BoostingLoss loss, int threads) =>
        (Part(Learn, loss, threads), Validation is null ? null : Part(Validation, loss, threads));

    BoostedPart Part(PreparedRows rows, BoostingLoss loss, int threads) =>
        new(rows.Table, rows.Vectors, Start, loss, threads) { Numbers = rows.Numbers };
}
