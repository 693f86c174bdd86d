namespace Halley.Boosting;

/// <summary>Who shares in a prediction: each column that trees cut belongs to a player, the set of inputs that it is made of.</summary>
/// <remarks>A statistic of two categories is a player of its own, whose share its inputs divide equally, as CatBoost has it.</remarks>
sealed class ShapPlayers
{
    readonly int[][] inputs;

    internal ShapPlayers(TreeEnsemble trees)
    {
        var sets = new List<int[]>();
        Of = new int[trees.Width];
        for (var column = 0; column < trees.Width; column++)
        {
            var sources = SourcesOf(trees, column).Distinct().Order().ToArray();
            Of[column] = sets.FindIndex(set => set.AsSpan().SequenceEqual(sources));
            if (Of[column] >= 0)
                continue;
            Of[column] = sets.Count;
            sets.Add(sources);
        }
        inputs = [.. sets];
    }

    /// <summary>Shape (inputs and derived columns): the player of each.</summary>
    internal int[] Of { get; }

    internal int Count => inputs.Length;

    /// <summary>Adds the players' shares to their inputs.</summary>
    internal void Divide(ReadOnlySpan<double> shares, Span<double> contributions)
    {
        for (var player = 0; player < inputs.Length; player++)
        {
            foreach (var input in inputs[player])
                contributions[input] += shares[player] / inputs[player].Length;
        }
    }

    /// <summary>Adds what two players share to the pairs of their inputs.</summary>
    /// <param name="pairs">Shape (inputCount × inputCount).</param>
    internal void Divide(int player, int other, double share, Span<double> pairs, int inputCount)
    {
        var part = share / (inputs[player].Length * inputs[other].Length);
        foreach (var input in inputs[player])
        {
            foreach (var second in inputs[other])
                pairs[input * inputCount + second] += part;
        }
    }

    /// <summary>The inputs that a column is made of.</summary>
    internal static IEnumerable<int> SourcesOf(TreeEnsemble trees, int column) =>
        column < trees.Inputs.Count
            ? [column]
            : trees.Derived[column - trees.Inputs.Count].Sources.SelectMany(source => SourcesOf(trees, source));
}
