using Halley.Kernels;

namespace Halley.Glm;

/// <summary>Cholesky factor of a symmetric matrix that rows are added to and taken from.</summary>
/// <remarks>
/// L by columns, each with room for all rows to come. A row costs k²/2 products to add; to take one out, what it explained is added
/// back to the rows after it by plane rotations. Source: Golub and Van Loan (2013), Matrix Computations, section 6.5.
/// </remarks>
sealed class GrowingCholesky
{
    /// <summary>A row whose remainder is below this part of its own entry is explained by the others.</summary>
    const double PivotTolerance = 1e-10;

    double[] factor = new double[32 * 32];
    double[] left = new double[32];
    int room = 32;

    internal int Count { get; private set; }

    /// <summary>Adds a row as the last one; false, and nothing changed, where the others explain it.</summary>
    /// <param name="row">Its entries with the rows that are there, used up; shape (<see cref="Count"/>).</param>
    internal bool TryAdd(Span<double> row, double diagonal)
    {
        Forward(row);
        var pivot = diagonal - Reduce.Dot(row, row);
        if (!(pivot > PivotTolerance * diagonal))
            return false;
        if (Count == room)
            Grow();
        for (var c = 0; c < row.Length; c++)
            factor[c * room + Count] = row[c];
        factor[Count * room + Count] = Math.Sqrt(pivot);
        Count++;
        return true;
    }

    internal void RemoveAt(int place)
    {
        Count--;
        for (var c = 0; c < place; c++)
            Column(c, place + 1, Count - place).CopyTo(Column(c, place, Count - place));
        var explained = left.AsSpan(0, Count - place);
        Column(place, place + 1, explained.Length).CopyTo(explained);
        for (var c = place; c < Count; c++)
        {
            Column(c + 1, c + 1, Count - c).CopyTo(Column(c, c, Count - c));
            var own = Column(c, c, Count - c);
            var length = Math.Sqrt(own[0] * own[0] + explained[0] * explained[0]);
            Panel.Rotate(own[0] / length, explained[0] / length, own, explained);
            explained = explained[1..];
        }
    }

    internal void Clear() => Count = 0;

    /// <summary>b ← A⁻¹·b, shape (<see cref="Count"/>).</summary>
    internal void Solve(Span<double> b)
    {
        Forward(b);
        for (var c = Count - 1; c >= 0; c--)
            b[c] = (b[c] - Reduce.Dot(b[(c + 1)..], Column(c, c + 1, Count - c - 1))) / factor[c * room + c];
    }

    /// <summary>b ← L⁻¹·b.</summary>
    void Forward(Span<double> b)
    {
        for (var c = 0; c < b.Length; c++)
        {
            b[c] /= factor[c * room + c];
            if (b[c] != 0)
                Reduce.AddScaled(-b[c], Column(c, c + 1, Count - c - 1), b[(c + 1)..]);
        }
    }

    Span<double> Column(int column, int start, int count) => factor.AsSpan(column * room + start, count);

    void Grow()
    {
        var wider = new double[4 * room * room];
        for (var c = 0; c < Count; c++)
            Column(c, c, Count - c).CopyTo(wider.AsSpan(c * 2 * room + c));
        (factor, left, room) = (wider, new double[2 * room], 2 * room);
    }
}
