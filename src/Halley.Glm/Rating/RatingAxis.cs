namespace Halley.Glm;

/// <summary>One dimension of a rating factor: a column, and every level that the tariff knows of it.</summary>
/// <param name="Column">Column or derived feature that it reads.</param>
/// <param name="Levels">Names in code order.</param>
/// <param name="Numbers">Rising: the values of <see cref="RatingAxisKind.Value"/>, the cuts of <see cref="RatingAxisKind.Band"/>; else empty.</param>
/// <param name="MissingLevel">The level that a row without a value gets; null where such rows are refused.</param>
/// <param name="UnknownLevel">The level that a value outside the levels gets; null where such rows are refused.</param>
public sealed record RatingAxis(
    string Column,
    RatingAxisKind Kind,
    IReadOnlyList<string> Levels,
    IReadOnlyList<double> Numbers,
    string? MissingLevel,
    string? UnknownLevel
)
{
    /// <summary>Name of the line for values that the tariff does not list.</summary>
    public const string Unknown = "(unknown)";

    /// <summary>Levels that values themselves name: neither the missing nor the unknown one of its own.</summary>
    internal IEnumerable<string> Named => Levels.Where(level => level is not (LevelTerm.MissingLevel or Unknown));

    /// <summary>Levels that a category's values may name: those of their own, and that of values not listed where it is a level of its own.</summary>
    public IReadOnlyList<string> ValueLevels => [.. Levels.Where(level => level != LevelTerm.MissingLevel)];

    /// <summary>Every line of the axis with its code: rules that point to another level get a line of their own.</summary>
    internal IEnumerable<(string Level, int Code)> Lines()
    {
        for (var code = 0; code < Levels.Count; code++)
            yield return (Levels[code], code);
        if (MissingLevel is not null && !Levels.Contains(LevelTerm.MissingLevel))
            yield return (LevelTerm.MissingLevel, CodeOf(MissingLevel));
        if (UnknownLevel is not null && !Levels.Contains(Unknown))
            yield return (Unknown, CodeOf(UnknownLevel));
    }

    internal int CodeOf(string? level) => level is null ? LevelCoder.None : Levels.ToList().IndexOf(level);

    internal LevelCoder ToCoder(int input) =>
        Kind switch
        {
            RatingAxisKind.Value => new ValueCoder(input, Levels, [.. Numbers], CodeOf(MissingLevel), CodeOf(UnknownLevel)),
            RatingAxisKind.Band => new BandCoder(input, Levels, [.. Numbers], CodeOf(MissingLevel)),
            _ => new CategoryCoder(input, Levels, ValueLevels.Count, CodeOf(MissingLevel)),
        };

    internal static RatingAxis Of(LevelCoder coder, string column, bool isBoolean)
    {
        var (kind, numbers, unknown) = coder switch
        {
            ValueCoder values => (RatingAxisKind.Value, values.Values.ToArray(), values.UnseenCode),
            BandCoder bands => (RatingAxisKind.Band, bands.Cuts.ToArray(), LevelCoder.None),
            _ => (isBoolean ? RatingAxisKind.Boolean : RatingAxisKind.Category, [], coder.Levels.ToList().IndexOf(Unknown)),
        };
        return new(column, kind, coder.Levels, numbers, LevelOf(coder, coder.MissingCode), LevelOf(coder, unknown));
    }

    static string? LevelOf(LevelCoder coder, int code) => code < 0 ? null : coder.Levels[code];
}
