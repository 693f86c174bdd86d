using System.Runtime.CompilerServices;

namespace Halley.Data;

/// <summary>Codes into a list of levels; code −1 stands exactly where the value is missing.</summary>
public sealed class CategoricalColumn : Column
{
    readonly int[] codes;

    /// <summary>Wraps (does not copy) <paramref name="codes"/>, shape (n), each −1 (missing) or an index into <paramref name="levels"/>.</summary>
    /// <exception cref="ArgumentException">A code is outside the list.</exception>
    public CategoricalColumn(string name, int[] codes, LevelList levels)
        : this(name, codes, levels, MissingMask.Where(codes.Length, row => codes[row] < 0))
    {
        foreach (var code in codes)
        {
            if (code < -1 || code >= levels.Count)
                throw new ArgumentException($"column '{name}': code {code} is outside its {levels.Count} levels.", nameof(codes));
        }
    }

    CategoricalColumn(string name, int[] codes, LevelList levels, MissingMask? missing)
        : base(name, missing)
    {
        this.codes = codes;
        Levels = levels;
    }

    public override FieldKind Kind => FieldKind.Category;

    public override int RowCount => codes.Length;

    public LevelList Levels { get; }

    /// <summary>Shape (n); −1 where missing.</summary>
    public ReadOnlySpan<int> Codes => codes;

    public override Column Rename(string name) => new CategoricalColumn(name, codes, Levels, Missing);

    public override Column Take(ReadOnlySpan<int> rows)
    {
        var taken = Gather.At(codes, rows);
        return new CategoricalColumn(Name, taken, Levels, MissingMask.Where(taken.Length, row => taken[row] < 0));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void CopySlots(int start, Span<double> destination)
    {
        var source = codes.AsSpan(start, destination.Length);
        for (var i = 0; i < destination.Length; i++)
            destination[i] = source[i] < 0 ? double.NaN : source[i];
    }

    public override string? TextAt(int row) => codes[row] < 0 ? null : Levels[codes[row]];
}
