using Halley.Sources.DuckDb;

namespace Halley.Sources.Reading;

/// <summary>Gives each distinct string a code, in order of first appearance.</summary>
/// <remarks>
/// Strings of up to 12 bytes are found by their 16-byte slot, without looking at text: open addressing with linear
/// probing, at most half full. Longer ones go through a dictionary of strings.
/// </remarks>
sealed class LevelDictionary
{
    readonly List<string> levels = [];
    readonly Dictionary<string, int> longCodes = new(StringComparer.Ordinal);
    StringSlot[] keys = new StringSlot[64];
    int[] codes = NewCodes(64);
    int inlineCount;

    public IReadOnlyList<string> Levels => levels;

    public int CodeOf(in StringSlot slot)
    {
        if (!DuckVector.IsInline(in slot))
            return LongCode(DuckVector.Text(in slot));
        var position = PositionOf(slot);
        if (codes[position] >= 0)
            return codes[position];
        return Add(slot, position);
    }

    /// <summary>Where the slot stands, or the free place where it belongs.</summary>
    int PositionOf(StringSlot slot)
    {
        var mask = keys.Length - 1;
        // Multiplicative hashing (Knuth, TAOCP 3, 6.4): the product's upper bits depend on all bits below them.
        var hash = (slot.Head ^ (slot.Tail * 0x9E3779B97F4A7C15)) * 0xBF58476D1CE4E5B9;
        var position = (int)(hash >> 32) & mask;
        while (codes[position] >= 0 && keys[position] != slot)
            position = (position + 1) & mask;
        return position;
    }

    int Add(StringSlot slot, int position)
    {
        keys[position] = slot;
        codes[position] = levels.Count;
        levels.Add(DuckVector.Text(in slot));
        if (++inlineCount * 2 > keys.Length)
            Grow();
        return levels.Count - 1;
    }

    void Grow()
    {
        var (oldKeys, oldCodes) = (keys, codes);
        keys = new StringSlot[oldKeys.Length * 2];
        codes = NewCodes(keys.Length);
        for (var i = 0; i < oldKeys.Length; i++)
        {
            if (oldCodes[i] < 0)
                continue;
            var position = PositionOf(oldKeys[i]);
            (keys[position], codes[position]) = (oldKeys[i], oldCodes[i]);
        }
    }

    int LongCode(string text)
    {
        if (longCodes.TryGetValue(text, out var code))
            return code;
        longCodes.Add(text, levels.Count);
        levels.Add(text);
        return levels.Count - 1;
    }

    static int[] NewCodes(int length)
    {
        var codes = new int[length];
        Array.Fill(codes, -1);
        return codes;
    }
}
