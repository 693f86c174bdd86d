namespace Halley.Data;

static class Gather
{
    /// <summary>source[rows[i]], shape (rows).</summary>
    public static T[] At<T>(T[] source, ReadOnlySpan<int> rows)
    {
        var taken = new T[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            taken[i] = source[rows[i]];
        return taken;
    }
}
