namespace Halley.Data.Tests;

/// <summary>Each trap is named, and sound data are left in peace.</summary>
public class DataWarningTests
{
    const int Rows = 4000;

    static readonly Random Random = new(11);

    static readonly double[] Uniform = [.. Enumerable.Range(0, Rows).Select(_ => Random.NextDouble())];
    static readonly double[] Claims = [.. Uniform.Select(u => u < 0.1 ? 1.0 : 0)];
    static readonly int[] Months = [.. Enumerable.Range(0, Rows).Select(_ => Random.Next(12))];

    static NumericColumn Numbers(string name, Func<int, double> value) => new(name, [.. Enumerable.Range(0, Rows).Select(value)]);

    static CategoricalColumn Category(string name, Func<int, int> code, params string[] levels) =>
        new(name, [.. Enumerable.Range(0, Rows).Select(code)], new(levels));

    static IReadOnlyList<DataWarning> Warnings(params Column[] columns) =>
        DataProfile
            .Of(new(columns), new() { Target = columns.Any(column => column.Name == "claims") ? "claims" : null })
            .Warnings;

    static readonly NumericColumn Target = new("claims", Claims);
    static readonly NumericColumn Age = Numbers("age", row => 18 + Random.Next(60));
    static readonly CategoricalColumn Month = Category(
        "month",
        row => Months[row],
        [.. Enumerable.Range(1, 12).Select(m => $"m{m}")]
    );

    [Fact]
    public void Sound_data_raise_no_warning() =>
        Assert.Empty(
            Warnings(
                Target,
                Age,
                Month,
                Numbers("density", _ => Math.Exp(Random.NextDouble() * 9)),
                Numbers("cost", row => Random.Next(10) == 0 ? 100 * Random.NextDouble() : 0),
                Category("gas", row => row % 3 == 0 ? 0 : 1, "Diesel", "Regular"),
                new ExposureColumn("years", [.. Uniform.Select(u => 0.01 + 0.99 * u * u)])
            )
        );

    [Fact]
    public void A_target_sorted_by_row_is_a_leak()
    {
        var warning = Assert.Single(Warnings(Numbers("claims", row => row < Rows / 10 ? 1 : 0), Age, Month));

        Assert.Equal(("row-order-leak", null), (warning.Code, warning.Column));
        Assert.StartsWith(
            "the order of rows gives 'claims' away: neighbouring rows explain 100 % of its variance, where chance explains none. Shuffle",
            warning.Message
        );
    }

    [Fact]
    public void A_target_clustered_within_the_levels_of_a_column_is_a_leak()
    {
        // A tenth of each month's rows, in one run, has the claims; the file as a whole looks even.
        var seen = new int[12];
        var claims = Numbers("claims", row => (seen[Months[row]]++ + 25 * Months[row]) % 300 < 30 ? 1 : 0);

        var warning = Assert.Single(Warnings(claims, Age, Month));

        Assert.Equal("row-order-leak", warning.Code);
        Assert.Contains("within the levels of 'month'", warning.Message);
    }

    [Fact]
    public void An_id_in_whose_order_the_target_lies_is_a_leak()
    {
        var ids = Numbers("number", row => Claims[row] == 1 ? row : Rows + row);

        var warning = Assert.Single(Warnings(Target, Age, ids));

        Assert.Equal(("id-leak", "number"), (warning.Code, warning.Column));
        Assert.StartsWith("the id 'number' gives 'claims' away: in its order, neighbouring rows explain", warning.Message);
    }

    [Fact]
    public void A_row_number_is_named()
    {
        var warning = Assert.Single(Warnings(Target, Age, Numbers("policy", row => row + 1000)));

        Assert.Equal(("row-number", "policy"), (warning.Code, warning.Column));
    }

    [Fact]
    public void A_copy_of_the_target_is_named()
    {
        Assert.Equal(
            "'paid' is 0 exactly where the target is 0: it seems to be known only after the fact. Keep it out of the features of 'claims'.",
            Assert.Single(Warnings(Target, Age, Numbers("paid", row => Claims[row] * (500 + Random.Next(5000))))).Message
        );
        Assert.StartsWith(
            "'scaled' is proportional to the target:",
            Assert
                .Single(Warnings(Target, Numbers("scaled", row => 3 - 2 * Claims[row])), warning => warning.Code == "target-copy")
                .Message
        );
        Assert.StartsWith(
            "'status' explains 100.0 % of the target's variance by its levels alone:",
            Assert
                .Single(
                    Warnings(Target, Category("status", row => Claims[row] == 1 ? 2 : row % 2, "open", "closed", "paid")),
                    warning => warning.Code == "target-copy"
                )
                .Message
        );
    }

    [Fact]
    public void A_target_that_can_not_be_fitted_is_named()
    {
        Assert.Equal("target-constant", Assert.Single(Warnings(Numbers("claims", _ => 2))).Code);
        Assert.StartsWith(
            "the target 'claims' is missing in 1 row.",
            Warnings(Numbers("claims", row => row == 7 ? double.NaN : Claims[row]), Age)[0].Message
        );
        Assert.StartsWith(
            "the target 'claims' is negative in 2 rows:",
            Warnings(Numbers("claims", row => row < 2 ? -1 : Claims[row]), Age)[0].Message
        );
    }

    [Fact]
    public void Exposure_of_zero_or_more_than_a_year_is_told()
    {
        var years = new ExposureColumn(
            "years",
            [
                .. Uniform.Select(
                    (u, row) =>
                        row < 3 ? 0
                        : row < 8 ? 1.5
                        : 0.1 + 0.9 * u
                ),
            ]
        );

        var warnings = Warnings(Age, years);

        Assert.Equal(["exposure-zero", "exposure-above-one"], warnings.Select(warning => warning.Code));
        Assert.StartsWith("3 rows have no years at risk:", warnings[0].Message);
        Assert.StartsWith("5 rows have more than one year at risk, up to 1.5.", warnings[1].Message);
    }

    [Theory]
    [InlineData(365, "days, not years: whole numbers up to 365")]
    [InlineData(12, "months, not years: whole numbers up to 12")]
    public void Exposure_in_another_unit_is_recognised(int most, string message)
    {
        var warning = Assert.Single(
            Warnings(Age, new ExposureColumn("years", [.. Uniform.Select(u => u < 0.1 ? 1 : Math.Ceiling(u * most))]))
        );

        Assert.Equal("exposure-unit", warning.Code);
        Assert.Contains(message, warning.Message);
    }

    [Fact]
    public void Columns_that_say_nothing_or_name_rows_are_told()
    {
        var warnings = Warnings(
            Numbers("same", _ => 3),
            Numbers("none", _ => double.NaN),
            Numbers("rare", row => row % 3 == 0 ? Random.NextDouble() : double.NaN),
            new TextColumn("name", [.. Enumerable.Range(0, Rows).Select(row => $"n{row}")]),
            new TextColumn("words", [.. Enumerable.Range(0, Rows).Select(row => $"w{row % 100}")])
        );

        Assert.Equal(
            [
                ("constant", "same"),
                ("constant", "none"),
                ("mostly-missing", "rare"),
                ("value-per-row", "name"),
                ("text-feature", "words"),
            ],
            warnings.Select(warning => (warning.Code, warning.Column!))
        );
        Assert.StartsWith("'rare' is missing in 67 % of rows.", warnings[2].Message);
    }

    [Fact]
    public void A_code_for_not_known_and_a_stray_level_are_told()
    {
        var warnings = Warnings(
            Numbers("age", row => row % 50 == 0 ? 0 : 18 + Random.Next(60)),
            Numbers("power", row => row % 50 == 0 ? 999 : 40 + Random.Next(100)),
            Category("day", row => row == 5 ? 0 : 1 + row % 7, "0", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
        );

        Assert.Equal(
            [
                "'age' is 0 in 80 rows and 18 is the nearest other value: 0 seems to stand for \"not known\". Declare it missing.",
                "'power' is 999 in 80 rows and 139 is the nearest other value: 999 seems to stand for \"not known\". Declare it missing.",
                "'day' has the level '0' in 1 of 4,000 rows, where the other 7 levels are words. Correct it, or declare it missing.",
            ],
            warnings.Select(warning => warning.Message)
        );
    }

    [Fact]
    public void Two_names_for_the_same_thing_are_told()
    {
        var warning = Assert.Single(Warnings(Month, Age, Numbers("month number", row => Months[row] * 10)));

        Assert.Equal(("twin", "month number"), (warning.Code, warning.Column));
        Assert.StartsWith("'month number' and 'month' go one to one:", warning.Message);
    }

    [Fact]
    public void The_traps_of_the_fraud_data_are_found()
    {
        var path = SharedData.Path("data/fraud/carclaims.csv.gz");
        var schema = CsvReader.Infer(path).Schema;

        var warnings = DataProfile.Of(CsvReader.Read(path, schema), ProfileOptions.Of(schema)).Warnings;

        Assert.Equal(
            [
                ("row-order-leak", null),
                ("id-leak", "PolicyNumber"),
                ("stray-level", "DayOfWeekClaimed"),
                ("stray-level", "MonthClaimed"),
                ("coded-missing", "Age"),
            ],
            warnings.Select(warning => (warning.Code, warning.Column))
        );
        Assert.Contains("explain 27 % of its variance within the levels of 'Month'", warnings[0].Message);
    }

    [Fact]
    public void The_published_french_order_leaks_and_the_cleaned_one_does_not()
    {
        foreach (var (file, leaks) in new[] { ("freMTPL2freq", true), ("freMTPL2_clean", false) })
        {
            var path = SharedData.Path($"data/fremtpl2/{file}.csv.gz");
            var schema = CsvReader.Infer(path).Schema;

            var profile = DataProfile.Of(CsvReader.Read(path, schema), ProfileOptions.Of(schema));

            Assert.Equal(leaks, profile.Warnings.Any(warning => warning.Code == "row-order-leak"));
            Assert.Equal(leaks, profile.Warnings.Any(warning => warning.Code == "exposure-above-one"));
            Assert.InRange(profile.RepeatedRows, 149_000, 149_500);
        }
    }
}
