namespace Halley.Boosting;

/// <summary>A stored column: the bins of one feature, or of several with few bins each as one number.</summary>
/// <remarks>
/// With members of 3 and 4 bins a row's code is bin₀ + 3·bin₁, below 12. One add to a histogram over codes then serves both;
/// each feature's own histogram is its margin, exactly, because sums are of integers.
/// </remarks>
/// <param name="Index">Its place among the columns of its width.</param>
/// <param name="IsNarrow">A byte a row, else two.</param>
sealed record StoredColumn(int Index, bool IsNarrow, int CodeCount, CodeMember[] Members)
{
    /// <summary>The bin of each member in each code, shape (members)(CodeCount).</summary>
    internal int[][] Bins { get; } = [.. Members.Select(member => Enumerable.Range(0, CodeCount).Select(member.BinOf).ToArray())];

    /// <summary>The bin of a feature in each code, shape (CodeCount).</summary>
    internal int[] BinsOf(int feature) => Bins[Array.FindIndex(Members, member => member.Feature == feature)];
}
