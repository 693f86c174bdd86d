using System.Collections.Frozen;

namespace Halley.Data;

/// <summary>The ordered, distinct levels of a category; a code is an index into it. Immutable.</summary>
public sealed class LevelList
{
    readonly string[] levels;
    readonly FrozenDictionary<string, int> codes;

    /// <exception cref="ArgumentException">A level appears twice.</exception>
    public LevelList(IEnumerable<string> levels)
    {
        this.levels = [.. levels];
        var map = new Dictionary<string, int>(this.levels.Length, StringComparer.Ordinal);
        for (var code = 0; code < this.levels.Length; code++)
        {
            if (!map.TryAdd(this.levels[code], code))
                throw new ArgumentException($"level '{this.levels[code]}' appears twice.", nameof(levels));
        }
        codes = map.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public int Count => levels.Length;

    public string this[int code] => levels[code];

    public IReadOnlyList<string> Levels => levels;

    /// <summary>Code of a level, or −1 where the list does not hold it.</summary>
    public int CodeOf(string level) => codes.TryGetValue(level, out var code) ? code : -1;

    /// <summary>Same levels in the same order.</summary>
    public bool SequenceEqual(LevelList other) => ReferenceEquals(this, other) || levels.AsSpan().SequenceEqual(other.levels);

    /// <summary>For each own code, the code of the same level in <paramref name="other"/>, −1 where it is not there. Shape (Count).</summary>
    public int[] MapTo(LevelList other) => [.. levels.Select(other.CodeOf)];
}
