namespace Halley.Bench;

/// <param name="Quick">Fewer repetitions, never a smaller problem.</param>
/// <param name="Only">Beginning of the ids that are wanted; null for all.</param>
sealed record BenchOptions(bool Quick, string? Only = null)
{
    /// <summary>Repetitions of each of a pair, after one warm-up. At least 5 unless quick.</summary>
    public int Repetitions => Quick ? 2 : 5;

    /// <summary>Whether any figure of a group is wanted.</summary>
    /// <param name="group">What the group's ids begin with.</param>
    public bool Wants(string group) =>
        Only is null || Only.StartsWith(group, StringComparison.Ordinal) || group.StartsWith(Only, StringComparison.Ordinal);
}
