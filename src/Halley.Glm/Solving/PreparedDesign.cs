namespace Halley.Glm;

/// <summary>A design with the state of its columns: what several fits to the same rows share.</summary>
/// <param name="States">Positions in the design's order.</param>
sealed record PreparedDesign(GlmDesign Design, ColumnState[] States)
{
    /// <summary>The factor that is solved for first, where the model has more coefficients than a full matrix may; null elsewhere.</summary>
    internal LevelElimination? Elimination { get; init; }

    /// <summary>Full columns that get a coefficient.</summary>
    internal int[] Active { get; } = [.. Design.Order.Where((_, i) => States[i] == ColumnState.Estimated)];

    /// <summary>Position among the active columns of each full column; −1 for none.</summary>
    internal int[] Places()
    {
        var places = new int[Design.FullColumnCount];
        Array.Fill(places, -1);
        for (var i = 0; i < Active.Length; i++)
            places[Active[i]] = i;
        return places;
    }

    /// <summary>With every column estimated that is not aliased: for methods whose estimates are always finite.</summary>
    internal PreparedDesign WithFiniteColumns() =>
        new(Design, [.. States.Select(state => state == ColumnState.Aliased ? state : ColumnState.Estimated)]);
}
