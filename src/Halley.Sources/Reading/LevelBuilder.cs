using Halley.Sources.DuckDb;

namespace Halley.Sources.Reading;

/// <summary>Categories, and text of which nothing is declared: few levels make a category, many make text.</summary>
sealed class LevelBuilder(string name, bool isGuess) : ColumnBuilder(name)
{
    // The same bounds as for undeclared columns of CSV files.
    const int FewLevels = 50;
    const int MostLevels = 5_000;

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
        string[] found = [.. dictionary.Levels];
        if (isGuess && (found.Length > MostLevels || found.Length > Math.Max(FewLevels, PresentIn(all) / 2)))
            return new TextColumn(Name, Array.ConvertAll(all, code => code < 0 ? null : found[code]));
        // Levels in their natural order, so that the order of rows does not matter.
        var order = LevelOrder.Sort(found);
        var newCode = new int[found.Length];
        for (var code = 0; code < order.Length; code++)
            newCode[order[code]] = code;
        for (var row = 0; row < all.Length; row++)
            all[row] = all[row] < 0 ? -1 : newCode[all[row]];
        return new CategoricalColumn(Name, all, new(order.Select(code => found[code])));
    }

    static int PresentIn(int[] codes)
    {
        var present = 0;
        foreach (var code in codes)
            present += code >= 0 ? 1 : 0;
        return present;
    }
}
