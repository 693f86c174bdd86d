namespace Halley.Models;

/// <summary>How a target engine wants a rating table: its columns, its words, its decimals.</summary>
public sealed record RatingMap
{
    /// <summary>Columns that can be written; a number after the first five names the second axis of a factor, the third, …</summary>
    public static IReadOnlyList<string> KnownColumns { get; } =
    [
        "factor",
        "column",
        "level",
        "from",
        "to",
        "column2",
        "level2",
        "from2",
        "to2",
        "column3",
        "level3",
        "from3",
        "to3",
        "relativity",
        "coefficient",
        "lower",
        "upper",
        "exposure",
    ];

    /// <summary>Our columns and the engine's names of them, in the engine's order. Default empty: all that the table needs, in our names.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Columns { get; init; } = [];

    /// <summary>The engine's names of factors, by ours. Factors that are not listed keep theirs.</summary>
    public IReadOnlyDictionary<string, string> Factors { get; init; } = new Dictionary<string, string>();

    /// <summary>Decimals of relativities, 0 to 15; null for all digits. Default null.</summary>
    public int? Decimals { get; init; }

    /// <summary>Decimals of the base value; null for <see cref="Decimals"/>.</summary>
    public int? BaseDecimals { get; init; }

    /// <summary>What the engine calls the base value's line, or sheet.</summary>
    public string Base { get; init; } = Glm.RatingTable.BaseFactor;

    /// <summary>What the engine calls the level of rows without a value.</summary>
    public string Missing { get; init; } = Glm.LevelTerm.MissingLevel;

    /// <summary>What the engine calls the level of values that are not listed.</summary>
    public string Unknown { get; init; } = Glm.RatingAxis.Unknown;

    /// <summary>Sheets that hold no factor, such as a cover page. Default none.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>Between the fields of a CSV file.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>Decimal mark of a CSV file: point or comma.</summary>
    public char DecimalMark { get; init; } = '.';

    /// <summary>The engine's name of one of our columns; ours where the map does not name it.</summary>
    internal string NameOf(string column) =>
        Columns.FirstOrDefault(pair => pair.Key == column) is { Value: { } theirs } ? theirs : column;

    internal string LevelName(string level) =>
        level switch
        {
            Glm.LevelTerm.MissingLevel => Missing,
            Glm.RatingAxis.Unknown => Unknown,
            _ => level,
        };

    internal string FactorName(string factor) => Factors.TryGetValue(factor, out var theirs) ? theirs : factor;

    /// <summary>Ours, from what the engine's file says.</summary>
    internal string OwnLevel(string level) =>
        level == Missing ? Glm.LevelTerm.MissingLevel
        : level == Unknown ? Glm.RatingAxis.Unknown
        : level;

    internal string OwnFactor(string factor) =>
        factor == Base ? Glm.RatingTable.BaseFactor
        : Factors.FirstOrDefault(pair => pair.Value == factor) is { Key: { } own } ? own
        : factor;
}
