namespace Halley.Boosting;

/// <summary>A leaf while its tree grows: a run of the row partition, with what is known about it.</summary>
sealed class Leaf
{
    /// <summary>Its node in the tree.</summary>
    internal required int Node { get; init; }

    /// <summary>First position in the row partition.</summary>
    internal required int Start { get; init; }

    internal required int Count { get; init; }

    internal required int Depth { get; init; }

    internal required GradientSums Sums { get; init; }

    internal required ValueBounds Bounds { get; init; }

    /// <summary>Groups of features that the path to it keeps to.</summary>
    internal int[] Groups { get; init; } = [];

    /// <summary>What it adds to the score as it stands, before the learning rate.</summary>
    internal required double Value { get; set; }

    /// <summary>Whether it is too small for a value of its own and keeps that of the leaf it was cut from.</summary>
    internal bool IsInherited { get; init; }

    /// <summary>Its place among leaves that monotone features put in order; null where none does.</summary>
    internal LeafOrder? Order { get; init; }

    /// <summary>As the search for its cut sees it.</summary>
    internal LeafToCut ToCut => new(Sums, Value, (Order is null ? Bounds : ValueBounds.None) with { Prior = Value }, Order);

    /// <summary>Null once it is clear that the leaf stays a leaf.</summary>
    internal LeafHistogram? Histogram { get; set; }

    /// <summary>The best way to cut it; null where none is allowed.</summary>
    internal Split? Best { get; set; }
}
