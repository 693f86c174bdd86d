namespace Halley.Data;

/// <summary>Target, weight and offset of a training set after the exposure rule, as arrays of the learner's own.</summary>
/// <param name="Target">Shape (n).</param>
/// <param name="Weight">Shape (n), finite, at least 0.</param>
/// <param name="Offset">Shape (n), on the link scale, exposure included where it is used as offset.</param>
public sealed record TrainingVectors(double[] Target, double[] Weight, double[] Offset)
{
    /// <inheritdoc cref="RowVectors.Of"/>
    public static TrainingVectors Of(TrainingSet set, Table rows, long firstRow = 0)
    {
        var vectors = RowVectors.Of(set, rows, firstRow);
        return new(vectors.Target.ToArray(), vectors.Weight.ToArray(), vectors.Offset.ToArray());
    }

    /// <summary>Wraps the arrays, which must not change afterwards.</summary>
    public static implicit operator RowVectors(TrainingVectors vectors) => new(vectors.Target, vectors.Weight, vectors.Offset);
}
