namespace Halley.Glm;

/// <summary>A rating factor: a relativity for each level, or for each cell of two axes or more.</summary>
/// <param name="Coefficients">Logarithms of the relativities, the levels of the first axis slowest. Shape (cells).</param>
public sealed record RatingFactor(string Name, IReadOnlyList<RatingAxis> Axes, IReadOnlyList<double> Coefficients)
{
    /// <summary>What the cell multiplies the prediction by.</summary>
    /// <param name="codes">Code of the level on each axis.</param>
    public double Relativity(params ReadOnlySpan<int> codes) => Kernels.VectorMath.Exp(Coefficients[CellOf(codes)]);

    /// <summary>Name of each cell in the order of <see cref="Coefficients"/>: the level, or the levels joined by a colon.</summary>
    public IReadOnlyList<string> CellNames =>
        [
            .. Axes.Aggregate(
                (IEnumerable<string>)[""],
                (names, axis) =>
                    names.SelectMany(name => axis.Levels.Select(level => name.Length == 0 ? level : $"{name}:{level}"))
            ),
        ];

    /// <summary>Every line of the factor: its cells, and those that rules for missing and unseen values point to. The last axis varies fastest.</summary>
    public IEnumerable<(IReadOnlyList<string> Levels, double Relativity)> Lines()
    {
        IEnumerable<(string[] Levels, int[] Codes)> lines = [([], [])];
        foreach (var axis in Axes)
            lines = lines.SelectMany(line =>
                axis.Lines().Select(own => ((string[])[.. line.Levels, own.Level], (int[])[.. line.Codes, own.Code]))
            );
        return lines.Select(line => ((IReadOnlyList<string>)line.Levels, Relativity(line.Codes)));
    }

    internal int CellOf(ReadOnlySpan<int> codes)
    {
        var cell = 0;
        for (var axis = 0; axis < Axes.Count; axis++)
            cell = cell * Axes[axis].Levels.Count + codes[axis];
        return cell;
    }
}
