namespace Halley.Glm;

/// <summary>A chunk of learn rows in memory, for one pass.</summary>
/// <param name="FirstRow">Row of the whole that it begins with.</param>
/// <param name="Columns">What terms read of it.</param>
/// <param name="Target">Shape (n).</param>
/// <param name="Weight">Shape (n).</param>
/// <param name="Offset">Shape (n).</param>
/// <param name="Size">Weighted exposure, shape (n).</param>
sealed record RowChunk(int FirstRow, LearnColumns Columns, double[] Target, double[] Weight, double[] Offset, double[] Size)
{
    internal int RowCount => Target.Length;
}
