namespace Halley.Boosting;

public sealed partial class TreeEnsemble
{
    /// <summary>Where the trees cut an input, rising, each once; empty for a category and for an input that no tree looks at.</summary>
    public IReadOnlyList<double> CutsOf(int input)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)input, (uint)inputs.Length, nameof(input));
        var cuts = new SortedSet<double>();
        foreach (var node in Nodes.All)
        {
            if (!node.IsLeaf && node.LevelSet < 0 && double.IsFinite(node.Value) && InputOf(node.Input) == input)
                cuts.Add(node.Value);
        }
        return [.. cuts];
    }

    /// <summary>The input that a column repeats but for missing values and rounding; −1 where it is another quantity.</summary>
    int InputOf(int column)
    {
        while (column >= inputs.Length)
        {
            if (Derived[column - inputs.Length] is not (ZeroMissingColumn or CodeColumn))
                return -1;
            column = Derived[column - inputs.Length].Sources.First();
        }
        return column;
    }
}
