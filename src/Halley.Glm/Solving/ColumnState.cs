namespace Halley.Glm;

/// <summary>What becomes of a column of the design.</summary>
enum ColumnState
{
    /// <summary>It has a coefficient.</summary>
    Estimated,

    /// <summary>Columns before it explain it, or no row has it: no coefficient.</summary>
    Aliased,

    /// <summary>Its likelihood rises for ever towards −∞: a level or cell without a claim.</summary>
    RunsToMinusInfinity,

    /// <summary>Its likelihood rises for ever towards +∞: a level or cell of nothing but ones.</summary>
    RunsToInfinity,

    /// <summary>Some combination of it and others has no finite optimum: those rows are fitted ever more surely.</summary>
    Drifts,
}
