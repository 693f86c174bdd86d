using Halley.Sources.DuckDb;

namespace Halley.Sources.Reading;

/// <summary>Categories, and text of which nothing is declared: few levels make a category, many make text.</summary>
sealed class LevelBuilder(ColumnRequest request) : ColumnBuilder(request.Name)
{
    /// <summary>Undeclared text stays a category up to this many levels, however many rows there are.</summary>
    const int FewLevels = 50;

    /// <summary>Undeclared text with more levels than this is text.</summary>
    const int ManyLevels = 20_000;

    readonly LevelDictionary dictionary = new();
    readonly Segments<int> codes = new();

    public override string SqlType => "VARCHAR";

    public override void Append(DuckVector vector)
    {
        ReadOnlySpan<StringSlot> slots = vector.Values<StringSlot>();
        var validity = vector.Validity;
        for (var start = 0; start < slots.Length; )
        {
            var room = codes.Room(slots.Length - start);
            for (var i = 0; i < room.Length; i++)
            {
                var row = start + i;
                var isMissing = !validity.IsEmpty && (validity[row >> 6] >> (row & 63) & 1) == 0;
                room[i] = isMissing ? -1 : dictionary.CodeOf(in slots[row]);
            }
            codes.Commit(room.Length);
            start += room.Length;
        }
    }

    public override Column Build()
    {
        var all = codes.ToArray();
        var found = dictionary.Levels;
        if (request.Guessed && (found.Count > ManyLevels || (found.Count > FewLevels && found.Count > all.Length / 4)))
            return new TextColumn(Name, Array.ConvertAll(all, code => code < 0 ? null : found[code]));
        Sort(all, out var levels);
        return new CategoricalColumn(Name, all, levels);
    }

    /// <summary>Levels in ordinal order, so that the order of rows does not matter.</summary>
    void Sort(int[] all, out LevelList levels)
    {
        string[] sorted = [.. dictionary.Levels];
        var order = Enumerable.Range(0, sorted.Length).ToArray();
        Array.Sort(sorted, order, StringComparer.Ordinal);
        var newCode = new int[order.Length];
        for (var code = 0; code < order.Length; code++)
            newCode[order[code]] = code;
        for (var row = 0; row < all.Length; row++)
            all[row] = all[row] < 0 ? -1 : newCode[all[row]];
        levels = new(sorted);
    }
}
