using System.Numerics;

namespace Halley.Boosting;

/// <summary>A leaf's box of bins, and the leaves that monotone features put below or above it.</summary>
/// <remarks>
/// Two leaves are ordered where a monotone feature parts them and their boxes meet in every other feature: some row of one then becomes a
/// row of the other by that feature alone. A tree is monotone exactly where each such pair has its values in order. Missing values have
/// no place in an order, but meet as a bin like any other.
/// <code>
/// age  │ A │ B        B is above A; C, which spans both, is ordered with neither,
///      │───┴───       for region parts it from them.
///      │   C
///         region
/// </code>
/// </remarks>
sealed class LeafOrder
{
    /// <summary>Shape (features): a bit for each bin, those of untouched features shared with the leaf that this one was cut from.</summary>
    readonly ulong[][] box;
    readonly int[] directions;
    readonly FeatureBins[] features;
    readonly List<LeafOrder> below = [];
    readonly List<LeafOrder> above = [];

    LeafOrder(FeatureBins[] features, int[] directions, ulong[][] box) =>
        (this.features, this.directions, this.box) = (features, directions, box);

    /// <summary>What the leaf adds to the score as it stands, before the learning rate.</summary>
    internal double Value { get; set; }

    /// <summary>Leaves that it is ordered with.</summary>
    internal IEnumerable<LeafOrder> Neighbours => below.Concat(above);

    internal bool IsBound => below.Count + above.Count > 0;

    /// <summary>The range that its neighbours leave to its value.</summary>
    internal ValueBounds Bounds
    {
        get
        {
            var bounds = ValueBounds.None;
            foreach (var other in below)
                bounds = bounds.Within(ValueBounds.None with { Lower = other.Value });
            foreach (var other in above)
                bounds = bounds.Within(ValueBounds.None with { Upper = other.Value });
            return bounds;
        }
    }

    /// <summary>The box of all rows.</summary>
    internal static LeafOrder OfRoot(FeatureBins[] features, int[] directions, double value) =>
        new(features, directions, [.. features.Select(feature => AllBins(feature.BinCount))]) { Value = value };

    /// <summary>Bounds of children by the bins of a feature that they keep.</summary>
    internal BinBounds BoundsBy(int feature)
    {
        var result = new BinBounds(features[feature].BinCount);
        foreach (var other in below)
            Require(result, feature, other, ValueBounds.None with { Lower = other.Value });
        foreach (var other in above)
            Require(result, feature, other, ValueBounds.None with { Upper = other.Value });
        return result;
    }

    /// <summary>Gives its place to its children: their boxes, who is ordered with them, and values that keep that order.</summary>
    internal (LeafOrder Left, LeafOrder Right) Cut(Split split, SplitRules rules)
    {
        var (left, right) = (Part(split, isLeft: true), Part(split, isLeft: false));
        foreach (var other in Neighbours.ToArray())
        {
            other.below.Remove(this);
            other.above.Remove(this);
            Relate(left, other);
            Relate(right, other);
        }
        // The search has seen to it that the two are in order.
        left.Value = rules.Value(split.Left, left.Bounds with { Prior = Value }, rules.L2);
        right.Value = rules.Value(split.Right, right.Bounds with { Prior = Value }, rules.L2);
        Relate(left, right);
        return (left, right);
    }

    LeafOrder Part(Split split, bool isLeft)
    {
        var bins = (ulong[])box[split.Feature].Clone();
        for (var bin = 0; bin < split.GoesLeft.Length; bin++)
        {
            if (split.GoesLeft[bin] != isLeft)
                bins[bin >> 6] &= ~(1UL << (bin & 63));
        }
        var boxes = (ulong[][])box.Clone();
        boxes[split.Feature] = bins;
        return new(features, directions, boxes);
    }

    void Require(BinBounds result, int feature, LeafOrder other, ValueBounds bounds)
    {
        // Parted by this very feature, the neighbour is ordered with whatever values of it a child keeps.
        var parts = !Meet(box[feature], other.box[feature]);
        for (var bin = 0; bin < (parts ? features[feature].ValueBins : features[feature].BinCount); bin++)
        {
            if (Holds(box[feature], bin) && (parts || Holds(other.box[feature], bin)))
                result.Require(bin, bounds);
        }
    }

    static void Relate(LeafOrder one, LeafOrder other)
    {
        var feature = one.OnlyPartedBy(other);
        if (feature < 0 || one.directions[feature] == 0)
            return;
        var (first, second) = (one.FirstValue(feature), other.FirstValue(feature));
        // A side of missing values alone has no place in the order.
        if (first < 0 || second < 0)
            return;
        var (lower, upper) = (first < second) == (one.directions[feature] > 0) ? (one, other) : (other, one);
        lower.above.Add(upper);
        upper.below.Add(lower);
    }

    /// <summary>The one feature whose bins the two do not share; −1 where there are several.</summary>
    int OnlyPartedBy(LeafOrder other)
    {
        var found = -1;
        for (var feature = 0; feature < box.Length; feature++)
        {
            if (ReferenceEquals(box[feature], other.box[feature]) || Meet(box[feature], other.box[feature]))
                continue;
            if (found >= 0)
                return -1;
            found = feature;
        }
        return found;
    }

    /// <summary>The lowest bin of values; −1 where only missing values are left.</summary>
    int FirstValue(int feature)
    {
        for (var word = 0; word < box[feature].Length; word++)
        {
            if (box[feature][word] == 0)
                continue;
            var bin = 64 * word + BitOperations.TrailingZeroCount(box[feature][word]);
            return bin < features[feature].ValueBins ? bin : -1;
        }
        return -1;
    }

    static bool Meet(ulong[] one, ulong[] other)
    {
        for (var word = 0; word < one.Length; word++)
        {
            if ((one[word] & other[word]) != 0)
                return true;
        }
        return false;
    }

    static bool Holds(ulong[] bins, int bin) => (bins[bin >> 6] >> (bin & 63) & 1) != 0;

    static ulong[] AllBins(int count)
    {
        var bins = new ulong[(count + 63) >> 6];
        for (var bin = 0; bin < count; bin++)
            bins[bin >> 6] |= 1UL << (bin & 63);
        return bins;
    }
}
