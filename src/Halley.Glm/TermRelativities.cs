namespace Halley.Glm;

/// <summary>A rating factor: every level of a term of levels, in code order.</summary>
/// <param name="Term">Name of the term.</param>
/// <param name="Levels">All levels or cells, base levels included.</param>
public sealed record TermRelativities(string Term, IReadOnlyList<LevelRelativity> Levels);
