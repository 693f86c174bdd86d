using Halley.Data;

namespace Halley.Boosting;

/// <summary>The rows of one part under a loss of several scores: what each score's own loss looks up by the number of a row.</summary>
/// <param name="vectors">Target as it is, weight, and the offset of the scores that have one.</param>
sealed class JointRows(RowVectors vectors, int outputs)
{
    internal RowVectors Vectors { get; } = vectors;

    internal int Count => Vectors.Target.Count;

    /// <summary>Shape (outputs)(n): scores so far, offset included.</summary>
    internal double[][] Scores { get; } = [.. Enumerable.Range(0, outputs).Select(_ => new double[vectors.Target.Count])];

    /// <summary>Shape (outputs)(n), kept by the loss; empty where it keeps nothing.</summary>
    internal double[][] Notes { get; set; } = [];

    /// <summary>
    /// The rows as one score's part sees them: the number of each row stands for its target, so that rows gathered in any order find
    /// their other scores.
    /// </summary>
    internal RowVectors Numbered(bool withOffset)
    {
        var numbers = new double[Count];
        for (var row = 0; row < numbers.Length; row++)
            numbers[row] = row;
        return new(numbers, Vectors.Weight, withOffset ? Vectors.Offset : RowValues.Same(0, Count));
    }
}
