namespace Halley.Specs;

/// <summary>The values that the keys of one group gave.</summary>
sealed class KeyValues(MapNode node, IReadOnlyDictionary<string, object?> values, SpecProblems problems)
{
    public SpecNode Node => node;

    public bool Has(string key) => values.ContainsKey(key);

    /// <summary>The value of a required key.</summary>
    public T Get<T>(string key) => (T)values[key]!;

    /// <summary>The value of a key, or <paramref name="otherwise"/> where it is not given.</summary>
    public T Or<T>(string key, T otherwise) => values.TryGetValue(key, out var value) ? (T)value! : otherwise;

    /// <summary>A number, or null where it is not given.</summary>
    public double? Number(string key) => values.TryGetValue(key, out var value) ? (double)value! : null;

    /// <summary>A text, or null where it is not given.</summary>
    public string? Text(string key) => values.TryGetValue(key, out var value) ? (string?)value : null;

    /// <summary>Adds a problem at a key, or at the group where the key is not given.</summary>
    public void Refuse(string key, string problem) => problems.Add(node.Find(key) ?? node, problem);
}
