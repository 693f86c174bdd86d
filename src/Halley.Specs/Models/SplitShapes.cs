using Halley.Models;
using static Halley.Specs.Shapes;

namespace Halley.Specs;

/// <summary>How rows are parted into learn, validation and test.</summary>
static class SplitShapes
{
    static readonly Key ValidationShare = Optional(
        "validation_share",
        NumberWithin(0, 1),
        "Share of the rows not in the test that is set apart to decide when to stop. Default 0."
    );
    static readonly Key KeyColumn = Optional("key", Texts, "Columns whose equal values stay together, such as a policy id.");

    static readonly Shape<SplitSpec> ByColumn = new ObjectShape<SplitSpec>(
        "a split by column",
        [
            Required("column", Text, "Column that names each row's part."),
            Optional("learn", Texts, "Values of rows to learn on. Default: learn."),
            Optional("validation", Texts, "Values of validation rows. Default: validation."),
            Optional("test", Texts, "Values of test rows. Default: test."),
            ValidationShare,
            KeyColumn,
        ],
        values => new ColumnSplit
        {
            Column = values.Get<string>("column"),
            Learn = values.Or<IReadOnlyList<string>>("learn", ["learn"]),
            Validation = values.Or<IReadOnlyList<string>>("validation", ["validation"]),
            Test = values.Or<IReadOnlyList<string>>("test", ["test"]),
            ValidationShare = values.Or("validation_share", 0.0),
            Keys = values.Or<IReadOnlyList<string>>("key", []),
        }
    );

    static readonly Shape<SplitSpec> ByTime = new ObjectShape<SplitSpec>(
        "a split by time",
        [
            Required("date", Text, "Date column: learn on the past, test on what came after."),
            Required("test_from", Date, "First day of the test rows."),
            Optional("validation_from", Date, "First day of the validation rows; none where not given."),
            ValidationShare,
            KeyColumn,
        ],
        values => new TimeSplit
        {
            Column = values.Get<string>("date"),
            TestFrom = values.Get<DateOnly>("test_from"),
            ValidationFrom = values.Has("validation_from") ? values.Get<DateOnly>("validation_from") : null,
            ValidationShare = values.Or("validation_share", 0.0),
            Keys = values.Or<IReadOnlyList<string>>("key", []),
        }
    );

    static readonly Shape<SplitSpec> AtRandom = new ObjectShape<SplitSpec>(
        "a random split",
        [
            Optional("test_share", NumberWithin(0, 1), "Share of rows (or keys) to test on. Default 0.2."),
            ValidationShare,
            KeyColumn,
        ],
        values => new RandomSplit
        {
            TestShare = values.Or("test_share", 0.2),
            ValidationShare = values.Or("validation_share", 0.0),
            Keys = values.Or<IReadOnlyList<string>>("key", []),
        }
    );

    public static Shape<SplitSpec> Split { get; } =
        new EitherShape<SplitSpec>(
            "a split: by column, by date, or at random",
            (HasKey("column"), ByColumn),
            (HasKey("date"), ByTime),
            (_ => true, AtRandom)
        );
}
