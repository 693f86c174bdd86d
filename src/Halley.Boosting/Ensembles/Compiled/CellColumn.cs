namespace Halley.Boosting;

/// <summary>The cells of a column: values between two neighbouring cuts of the whole ensemble go the same way at every node.</summary>
/// <remarks>Cell 0 is missing. Numbers: cell 1 + (cuts below x). Codes: cell 1 + code; the last one is for every other number.</remarks>
sealed class CellColumn
{
    /// <summary>Whole numbers whose cells are kept at most.</summary>
    const int MostWhole = 4096;

    /// <summary>Cells of the whole numbers from 0 on, below <see cref="MostWhole"/> and not far behind the last cut.</summary>
    readonly ushort[] whole = [];

    internal CellColumn(int column, double[]? cuts, int codes)
    {
        (Column, Cuts, Codes) = (column, cuts, codes);
        if (cuts is not null)
            whole = [.. Enumerable.Range(0, (int)Math.Clamp(cuts[^1] + 2, 0, MostWhole)).Select(x => Search(x))];
    }

    internal int Column { get; }

    /// <summary>Rising; null for a column of codes.</summary>
    internal double[]? Cuts { get; }

    internal int Codes { get; }

    internal int Count => Cuts is null ? Codes + 2 : Cuts.Length + 2;

    internal ushort CellOf(double x)
    {
        if (double.IsNaN(x))
            return 0;
        if (Cuts is null)
            return (ushort)(1 + ((int)x is >= 0 and var code && code < Codes ? code : Codes));
        if (x >= 0 && x < whole.Length && (int)x == x)
            return whole[(int)x];
        return Search(x);
    }

    /// <summary>Without branches, so that one row's search does not wait for mispredictions.</summary>
    ushort Search(double x)
    {
        var cuts = Cuts.AsSpan();
        var (first, length) = (0, cuts.Length);
        while (length > 0)
        {
            var half = (length + 1) >> 1;
            first += cuts[first + half - 1] < x ? half : 0;
            length -= half;
        }
        return (ushort)(1 + first);
    }
}
