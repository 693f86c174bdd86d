namespace Halley.Boosting;

/// <summary>The scores of trees, and what was done to them since.</summary>
/// <param name="Outputs">Sums a row.</param>
/// <param name="Trees">In file order.</param>
/// <param name="Biases">Shape (outputs): added after the trees.</param>
sealed record OnnxScores(IReadOnlyList<OnnxTree> Trees, int Outputs, double[] Biases, ForeignLink Link) : OnnxValue
{
    /// <summary>Whether sums are kept in 32-bit floats.</summary>
    internal bool IsSingle { get; init; }

    internal TreeAggregate Aggregate { get; init; }

    internal double Divisor { get; init; } = 1;

    /// <summary>The output that is the score, where it is not for the caller to choose: the second of two classes.</summary>
    internal int? Chosen { get; init; }

    /// <summary>Whether anything but a sum has been done: then no constant can be added.</summary>
    internal bool IsRaw => Link == ForeignLink.Identity;
}
