namespace Halley.Boosting;

/// <summary>The cells of a column: values between two neighbouring cuts of the whole ensemble go the same way at every node.</summary>
/// <remarks>Cell 0 is missing. Numbers: cell 1 + (cuts below x). Codes: cell 1 + code; the last one is for every other number.</remarks>
sealed class CellColumn
{
    internal CellColumn(int column, double[]? cuts, int codes) => (Column, Cuts, Codes) = (column, cuts, codes);

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
        // Without branches, so that one row's search does not wait for mispredictions.
        var (first, length) = (0, Cuts.Length);
        while (length > 0)
        {
            var half = (length + 1) >> 1;
            first += Cuts[first + half - 1] < x ? half : 0;
            length -= half;
        }
        return (ushort)(1 + first);
    }
}
