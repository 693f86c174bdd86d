using Halley.Glm;
using Halley.Models;
using static Halley.Specs.Shapes;

namespace Halley.Specs;

/// <summary>The whole of a rating map: how a target engine wants a rating table.</summary>
static class RatingMapShapes
{
    public static Shape<RatingMap> Map { get; } =
        new ObjectShape<RatingMap>(
            "a rating map",
            [
                Optional(
                    "columns",
                    MapOf(Text),
                    $"Columns in the engine's order, ours: theirs. There are {string.Join(", ", RatingMap.KnownColumns)}."
                ),
                Optional("factors", MapOf(Text), "The engine's names of factors, ours: theirs."),
                Optional("decimals", Whole(0, 15), "Decimals of relativities; all digits where not given."),
                Optional("base_decimals", Whole(0, 15), "Decimals of the base value; those of relativities where not given."),
                Optional("base", Text, $"The engine's name of the base value's line or sheet. Default {RatingTable.BaseFactor}."),
                Optional("missing", Text, $"The engine's level of rows without a value. Default {LevelTerm.MissingLevel}."),
                Optional("unknown", Text, $"The engine's level of values that are not listed. Default {RatingAxis.Unknown}."),
                Optional("ignore", Texts, "Sheets that hold no factor, for example a cover page."),
                Optional(
                    "separator",
                    Choice((",", ','), (";", ';'), ("tab", '\t'), ("|", '|')),
                    "Between fields of CSV. Default ','."
                ),
                Optional("decimal_mark", Choice((".", '.'), (",", ',')), "Decimal mark of CSV. Default '.'."),
            ],
            Build
        );

    static RatingMap? Build(KeyValues values)
    {
        var columns = values.Or<IReadOnlyList<KeyValuePair<string, string>>>("columns", []);
        foreach (var unknown in columns.Select(pair => pair.Key).Except(RatingMap.KnownColumns))
            values.Refuse(
                "columns",
                $"'{unknown}' is no column of a rating table. There are {string.Join(", ", RatingMap.KnownColumns)}."
            );
        foreach (var twice in columns.GroupBy(pair => pair.Value).Where(group => group.Count() > 1))
            values.Refuse("columns", $"two columns are named '{twice.Key}'. Give each a name of its own.");
        var (separator, mark) = (values.Or("separator", ','), values.Or("decimal_mark", '.'));
        if (separator == mark)
            values.Refuse("separator", "fields and decimals are both parted by ','. Choose another separator.");
        return new()
        {
            Columns = columns,
            Factors = new Dictionary<string, string>(
                values.Or<IReadOnlyList<KeyValuePair<string, string>>>("factors", []),
                StringComparer.Ordinal
            ),
            Decimals = values.Has("decimals") ? values.Get<int>("decimals") : null,
            BaseDecimals = values.Has("base_decimals") ? values.Get<int>("base_decimals") : null,
            Base = values.Text("base") ?? RatingTable.BaseFactor,
            Missing = values.Text("missing") ?? LevelTerm.MissingLevel,
            Unknown = values.Text("unknown") ?? RatingAxis.Unknown,
            Ignored = values.Or<IReadOnlyList<string>>("ignore", []),
            Separator = separator,
            DecimalMark = mark,
        };
    }
}
