namespace Halley.Glm;

/// <summary>What a first look at the design told the next one to leave out.</summary>
/// <param name="DenseColumns">Columns of block 0 that levels explain already.</param>
/// <param name="Uncentred">Terms whose numbers keep their constant, because the term that would carry it has aliased cells.</param>
/// <param name="Plain">Whether all numbers are columns over rows, because those of different inputs all but depend on each other.</param>
sealed record DesignExclusions(IReadOnlySet<int> DenseColumns, IReadOnlySet<int> Uncentred, bool Plain = false)
{
    internal static DesignExclusions None { get; } = new(new HashSet<int>(), new HashSet<int>());

    internal bool IsNoMoreThan(DesignExclusions other) =>
        (other.Plain || !Plain) && DenseColumns.IsSubsetOf(other.DenseColumns) && Uncentred.IsSubsetOf(other.Uncentred);

    internal DesignExclusions And(DesignExclusions other) =>
        new(
            new HashSet<int>(DenseColumns.Concat(other.DenseColumns)),
            new HashSet<int>(Uncentred.Concat(other.Uncentred)),
            Plain || other.Plain
        );
}
