namespace Halley.Glm;

/// <summary>Levels taken together in groups: a fit's view of a term whose rule made levels equal. It never scores.</summary>
/// <param name="levels">Codes the levels themselves.</param>
/// <param name="names">Names of the groups.</param>
/// <param name="groupOf">Group of each level, shape (levels).</param>
sealed class PooledCoder(LevelCoder levels, IReadOnlyList<string> names, int[] groupOf)
    : LevelCoder(levels.Input, names, levels.MissingCode < 0 ? None : groupOf[levels.MissingCode])
{
    internal override int CodeOf(double slot) => GroupOf(levels.CodeOf(slot));

    private protected override void CodeAll(ReadOnlySpan<double> slots, Span<int> codes)
    {
        levels.Code(slots, codes);
        foreach (ref var code in codes[..slots.Length])
            code = GroupOf(code);
    }

    int GroupOf(int code) => code < 0 ? None : groupOf[code];
}
