namespace Halley.Boosting;

/// <summary>A column that a model of another library reads.</summary>
/// <param name="Name">As in the file; <c>f0</c>, <c>f1</c>, … where it has no names.</param>
/// <param name="IsCategory">Whether its splits are on sets of categories.</param>
/// <param name="Levels">Levels of a category in the order of their codes, where the file holds them; else null.</param>
public sealed record ForeignFeature(string Name, bool IsCategory = false, IReadOnlyList<string>? Levels = null)
{
    /// <summary>Whether the file keeps hashes of a category's texts, not codes: any text can be looked up, in any order of levels.</summary>
    public bool IsHashed { get; init; }
}
