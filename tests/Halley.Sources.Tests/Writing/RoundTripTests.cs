using CsCheck;
using Halley.Data;

namespace Halley.Sources.Tests.Writing;

public sealed class RoundTripTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static Schema AllKinds =>
        new([
            Of("number", FieldKind.Number),
            Of("whole", FieldKind.Number),
            Of("years", FieldKind.Exposure) with
            {
                Role = Role.Exposure,
                WhenMissing = ValueRule.Reject,
            },
            Of("level", FieldKind.Category),
            Of("text", FieldKind.Text),
            Of("flag", FieldKind.Boolean),
            Of("day", FieldKind.Date),
        ]);

    static readonly Gen<Table> tables =
        from rowCount in Gen.Int[1, 5_000]
        from seed in Gen.Int[1, int.MaxValue]
        from missingShare in Gen.OneOf(Gen.Const(0.0), Gen.Const(0.3))
        select Make(rowCount, seed, missingShare);

    [Theory]
    [InlineData("t.parquet")]
    [InlineData("t.csv")]
    [InlineData("t.csv.gz")]
    [InlineData("t.tsv")]
    public void Every_value_comes_back_to_the_bit(string file) =>
        tables.Sample(
            table =>
            {
                TableWriter.Write(table, folder.File(file));
                AssertSame(table, TableReader.Read(folder.File(file), AllKinds));
            },
            iter: 15,
            threads: 1
        );

    [Theory]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(65_536)]
    public void Categories_of_any_size_come_back(int levelCount)
    {
        var levels = new LevelList(Enumerable.Range(0, levelCount).Select(i => $"level {i}").Order(StringComparer.Ordinal));
        var codes = Enumerable.Range(0, levelCount).Select(i => i * 7 % levelCount).ToArray();
        var table = new Table([new CategoricalColumn("level", codes, levels)]);

        TableWriter.Write(table, folder.File("levels.parquet"));
        var read = TableReader.Read(folder.File("levels.parquet"), new([Of("level", FieldKind.Category)]));

        Assert.Equal(levels[codes[^1]], read["level"].TextAt(levelCount - 1));
        Assert.True(Texts(table["level"]).SequenceEqual(Texts(read["level"])));
    }

    [Fact]
    public void Whole_numbers_are_written_without_a_fraction()
    {
        var table = new Table([new NumericColumn("n", [3, double.NaN]), new NumericColumn("x", [3, 0.5])]);

        TableWriter.Write(table, folder.File("t.csv"));

        Assert.Equal("n,x\n3,3\n,0.5\n", File.ReadAllText(folder.File("t.csv")));
    }

    [Fact]
    public void A_table_without_rows_comes_back()
    {
        var table = new Table([new NumericColumn("n", []), new CategoricalColumn("c", [], new([]))]);

        TableWriter.Write(table, folder.File("t.parquet"));

        Assert.Equal(0, TableReader.Read(folder.File("t.parquet")).RowCount);
    }

    [Fact]
    public void A_folder_that_is_missing_is_an_error_of_the_environment_and_leaves_nothing()
    {
        var error = Assert.Throws<HalleyException>(() =>
            TableWriter.Write(new Table([new NumericColumn("n", [1])]), folder.File("gone/t.parquet"))
        );

        Assert.StartsWith(
            $"HLY1513: '{folder.File("gone/t.parquet")}' can't be written: ",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(FaultKind.Environment, error.Kind);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    static Table Make(int rowCount, int seed, double missingShare)
    {
        var random = new Random(seed);
        bool IsMissing() => random.NextDouble() < missingShare;
        double Wide() => BitConverter.Int64BitsToDouble(random.NextInt64(0, 0x7FE0_0000_0000_0000)) * (random.Next(2) * 2 - 1);
        string[] texts =
        [
            "",
            "a",
            "exactly 12 b",
            "thirteen char",
            "Zürich, \"quoted\"\nline",
            " lead",
            "NULL",
            "ünïcödé ✓ beyond the slot",
        ];
        return new([
            new NumericColumn("number", Fill(rowCount, () => IsMissing() ? double.NaN : Wide())),
            new NumericColumn("whole", Fill(rowCount, () => IsMissing() ? double.NaN : random.Next(-5, 1_000_000))),
            new ExposureColumn("years", Fill(rowCount, random.NextDouble)),
            Levels(Fill(rowCount, () => IsMissing() ? null : texts[random.Next(texts.Length)])),
            new TextColumn("text", Fill(rowCount, () => IsMissing() ? null : texts[random.Next(texts.Length)])),
            new BooleanColumn("flag", Fill(rowCount, () => IsMissing() ? (sbyte)-1 : (sbyte)random.Next(2))),
            new DateColumn("day", Fill(rowCount, () => IsMissing() ? -1 : random.Next(693_595, 800_000))),
        ]);
    }

    static CategoricalColumn Levels(string?[] values)
    {
        var levels = new LevelList(values.OfType<string>().Distinct().Order(StringComparer.Ordinal));
        return new("level", Array.ConvertAll(values, value => value is null ? -1 : levels.CodeOf(value)), levels);
    }

    static T[] Fill<T>(int count, Func<T> next) => [.. Enumerable.Range(0, count).Select(_ => next())];

    static void AssertSame(Table expected, Table actual)
    {
        Assert.Equal(expected.RowCount, actual.RowCount);
        foreach (var column in expected.Columns)
        {
            Assert.Equal(column.Kind, actual[column.Name].Kind);
            Assert.True(Texts(column).SequenceEqual(Texts(actual[column.Name])), column.Name);
        }
    }

    static string?[] Texts(Column column) => [.. Enumerable.Range(0, column.RowCount).Select(column.TextAt)];

    static Field Of(string name, FieldKind kind) =>
        new()
        {
            Name = name,
            Kind = kind,
            WhenMissing = ValueRule.Missing,
        };
}
