namespace Halley.Glm;

/// <summary>A rating factor: a relativity for each level, or for each cell of two axes or more.</summary>
/// <param name="Coefficients">Logarithms of the relativities, the levels of the first axis slowest. Shape (cells).</param>
public sealed record RatingFactor(string Name, IReadOnlyList<RatingAxis> Axes, IReadOnlyList<double> Coefficients)
{
    /// <summary>What the cell multiplies the prediction by.</summary>
    /// <param name="codes">Code of the level on each axis.</param>
    public double Relativity(params ReadOnlySpan<int> codes) => Kernels.VectorMath.Exp(Coefficients[CellOf(codes)]);

    internal int CellOf(ReadOnlySpan<int> codes)
    {
        var cell = 0;
        for (var axis = 0; axis < Axes.Count; axis++)
            cell = cell * Axes[axis].Levels.Count + codes[axis];
        return cell;
    }
}
