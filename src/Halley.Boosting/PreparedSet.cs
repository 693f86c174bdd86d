using Halley.Data;

namespace Halley.Boosting;

/// <summary>A training set checked and binned, ready for any number of fits.</summary>
/// <param name="Balance">Of the learn rows.</param>
/// <param name="Start">The score before the first tree.</param>
sealed record PreparedSet(TrainingSet Set, Balance Balance, double Start)
{
    /// <summary>As they are scored.</summary>
    internal required PreparedRows Learn { get; init; }

    internal PreparedRows? Validation { get; init; }

    /// <summary>The learn rows in each order in which they are told the past; empty where no statistic is told.</summary>
    internal BinnedTable[] Orders { get; init; } = [];

    internal required TrainingColumns Columns { get; init; }

    /// <summary>The table that trees are grown on in an order.</summary>
    internal BinnedTable GrownOn(int order) => Orders.Length == 0 ? Learn.Table : Orders[order];

    /// <summary>The learn rows at the start, as they are scored.</summary>
    internal BoostedPart Served(BoostingLoss loss, int threads) => Part(Learn, loss, threads, []);

    /// <summary>Both parts with their scores at the start.</summary>
    /// <param name="held">The loss of the validation rows; null for the learn rows' one.</param>
    internal (BoostedPart Learn, BoostedPart? Validation) Parts(BoostingLoss loss, int threads, BoostingLoss? held = null) =>
        (Part(Learn, loss, threads, Orders), Validation is null ? null : Part(Validation, held ?? loss, threads, []));

    BoostedPart Part(PreparedRows rows, BoostingLoss loss, int threads, BinnedTable[] orders) =>
        new(rows.Table, rows.Vectors, Start, loss, threads) { Numbers = rows.Numbers, Orders = orders };
}
