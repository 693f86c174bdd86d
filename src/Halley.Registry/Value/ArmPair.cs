using System.Runtime.InteropServices;

namespace Halley.Registry;

/// <summary>Two arms to which units were assigned at random, decision by decision: what a unit earns more in the one than in the other.</summary>
/// <remarks>
/// What is compared is all that a unit earned, however often it came: a release that makes customers ask more often must not look
/// better or worse for it. A row is all that one unit earned while the shares of both arms stood, and counts by the inverse of the chance
/// with which it came into its arm, so that both arms stand for the same units in the same weeks.
/// </remarks>
sealed class ArmPair(ValueDefinition definition)
{
    readonly UnitIndex units = new();
    readonly Dictionary<(double, double), int> windows = [];
    readonly HashSet<(int Unit, int Window)> all = [];
    readonly Arm mine = new();
    readonly Arm other = new();

    sealed class Arm
    {
        internal Dictionary<(int Unit, int Window), int> Places { get; } = [];

        internal List<ValueRow> Rows { get; } = [];
    }

    internal int Decisions { get; private set; }

    internal DateTimeOffset First { get; private set; } = DateTimeOffset.MaxValue;

    internal DateTimeOffset Last { get; private set; } = DateTimeOffset.MinValue;

    internal bool Simulated { get; private set; }

    /// <param name="decision">Its value must not change any more.</param>
    /// <param name="isMine">Whether it is of the arm that is judged.</param>
    /// <param name="shares">Chances of the arm that is judged and of the other one in the decision's revision.</param>
    internal void Add(ValuedDecision decision, bool isMine, (double Mine, double Other) shares)
    {
        if (!windows.TryGetValue(shares, out var window))
            windows.Add(shares, window = windows.Count);
        var key = (units.Of(decision.Unit), window);
        all.Add(key);
        var arm = isMine ? mine : other;
        if (!arm.Places.TryGetValue(key, out var place))
        {
            arm.Places.Add(key, place = arm.Rows.Count);
            arm.Rows.Add(new(key.Item1, 1 / decision.Probability, 0));
        }
        ref var row = ref CollectionsMarshal.AsSpan(arm.Rows)[place];
        row = row with { Value = row.Value + decision.Value(definition) };
        Decisions++;
        Simulated |= decision.Simulated;
        First = decision.Time < First ? decision.Time : First;
        Last = decision.Time > Last ? decision.Time : Last;
    }

    /// <summary>The difference as it stands.</summary>
    internal ArmDifference Difference()
    {
        var first = new ClusteredMean(CollectionsMarshal.AsSpan(mine.Rows), units.Count);
        var second = new ClusteredMean(CollectionsMarshal.AsSpan(other.Rows), units.Count);
        // From a row to a unit: a unit has a row for each time that the shares changed while it came.
        var rowsPerUnit = (double)all.Count / units.Count;
        var difference = first.Minus(second);
        return new(
            new(
                rowsPerUnit * difference.Value,
                rowsPerUnit * difference.StandardError,
                rowsPerUnit * difference.Lower,
                rowsPerUnit * difference.Upper
            ),
            first.Units,
            second.Units,
            Decisions
        );
    }
}
