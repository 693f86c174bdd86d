using Halley.Data;

namespace Halley.Boosting;

/// <summary>Bins of a category: one for each level that the learn rows hold, in level order; all others count as missing.</summary>
sealed class CategoryBins : FeatureBins
{
    readonly LevelList levels;
    readonly int[] binOfCode;

    CategoryBins(ScorerInput input, int[] binOfCode, int valueBins)
        : base(input, valueBins)
    {
        levels = input.Levels!;
        this.binOfCode = binOfCode;
    }

    internal override bool IsCategory => true;

    /// <exception cref="HalleyException">HLY2205: more levels occur than bins fit.</exception>
    internal static CategoryBins Of(CategoricalColumn column)
    {
        var occurs = new bool[column.Levels.Count];
        foreach (var code in column.Codes)
        {
            if (code >= 0)
                occurs[code] = true;
        }
        var (binOfCode, next) = (new int[occurs.Length], 0);
        for (var code = 0; code < occurs.Length; code++)
            binOfCode[code] = occurs[code] ? next++ : -1;
        if (next > MaximumBins)
            BoostingErrors.ThrowTooManyLevels(column.Name, next);
        return new(new(column.Name, FieldKind.Category, column.Levels), binOfCode, next);
    }

    /// <summary>How many levels rows of the column have.</summary>
    internal static int LevelsInUse(CategoricalColumn column)
    {
        var occurs = new bool[column.Levels.Count];
        foreach (var code in column.Codes)
        {
            if (code >= 0)
                occurs[code] = true;
        }
        return occurs.Count(used => used);
    }

    internal override bool HasMissing(Column column)
    {
        var source = (CategoricalColumn)column;
        var binOfTheirs = BinOfTheirs(source.Levels);
        foreach (var code in source.Codes)
        {
            if (code < 0 || binOfTheirs[code] == MissingBin)
                return true;
        }
        return false;
    }

    internal override void Encode(Column column, int start, Span<ushort> bins)
    {
        var source = (CategoricalColumn)column;
        var binOfTheirs = BinOfTheirs(source.Levels);
        var codes = source.Codes.Slice(start, bins.Length);
        for (var i = 0; i < codes.Length; i++)
            bins[i] = (ushort)(codes[i] < 0 ? MissingBin : binOfTheirs[codes[i]]);
    }

    /// <summary>Turns sides by bin into sides by level code: levels without a bin go where missing goes.</summary>
    /// <param name="goesLeft">Shape (BinCount).</param>
    /// <returns>A bit a level code, set where it goes left.</returns>
    internal ulong[] LeftLevels(ReadOnlySpan<bool> goesLeft)
    {
        var bits = new ulong[(binOfCode.Length + 63) >> 6];
        for (var code = 0; code < binOfCode.Length; code++)
        {
            if (goesLeft[binOfCode[code] < 0 ? MissingBin : binOfCode[code]])
                bits[code >> 6] |= 1UL << (code & 63);
        }
        return bits;
    }

    int[] BinOfTheirs(LevelList theirs)
    {
        var map = theirs.SequenceEqual(levels) ? Enumerable.Range(0, levels.Count) : theirs.MapTo(levels);
        return [.. map.Select(code => code < 0 || binOfCode[code] < 0 ? MissingBin : binOfCode[code])];
    }
}
