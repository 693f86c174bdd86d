namespace Halley.Boosting;

/// <summary>A node of a <see cref="GrownTree"/>.</summary>
sealed class GrownNode
{
    internal required GradientSums Sums { get; init; }

    /// <summary>Null in a leaf.</summary>
    internal Split? Split { get; set; }

    /// <summary>The left child; the right one follows it.</summary>
    internal int Left { get; set; }

    /// <summary>Of a leaf: what it adds to the score, learning rate included.</summary>
    internal double Value { get; set; }

    /// <summary>Of a leaf: the linear model that stands for its value in rows without a missing value among the model's features.</summary>
    internal LeafModel? Model { get; set; }
}
