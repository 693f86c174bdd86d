using System.Collections.Frozen;

namespace Halley.Data;

/// <summary>Names, kinds, units, levels, ranges and roles of fields, used for training and for checking live requests alike. Immutable.</summary>
public sealed class Schema
{
    readonly Field[] fields;
    readonly FrozenDictionary<string, int> positions;

    /// <exception cref="ArgumentException">Two fields share a name.</exception>
    public Schema(IEnumerable<Field> fields)
    {
        this.fields = [.. fields];
        var map = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var field in this.fields)
        {
            if (!map.TryAdd(field.Name, map.Count))
                throw new ArgumentException($"two fields are named '{field.Name}'.");
        }
        positions = map.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public IReadOnlyList<Field> Fields => fields;

    /// <summary>The field of that name, or null.</summary>
    public Field? Find(string name) => positions.TryGetValue(name, out var position) ? fields[position] : null;

    /// <summary>Position of a field, or −1.</summary>
    public int IndexOf(string name) => positions.TryGetValue(name, out var position) ? position : -1;

    /// <summary>The first field of that role, or null.</summary>
    public Field? OfRole(Role role) => Array.Find(fields, field => field.Role == role);
}
