using Halley.Data;

namespace Halley.Sources.Tests;

/// <summary>A file read batch by batch holds what it holds when read at once.</summary>
public sealed class BatchTests : IDisposable
{
    const int Rows = 30_000;

    readonly string folder = Directory.CreateTempSubdirectory("halley-batches-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static Table Book()
    {
        var random = new Kernels.DeterministicRandom(7);
        string[] zones = ["z10", "z9", "z1"];
        var (zone, note, amount, whole, day, flag) = (
            new int[Rows],
            new string?[Rows],
            new double[Rows],
            new double[Rows],
            new int[Rows],
            new sbyte[Rows]
        );
        for (var row = 0; row < Rows; row++)
        {
            zone[row] = row < 20_000 ? random.NextInt(2) : random.NextInt(4) - 1;
            note[row] = $"note {row}";
            amount[row] = row % 13 == 0 ? double.NaN : random.NextDouble() * 1000;
            (whole[row], day[row], flag[row]) = (random.NextInt(50), 738_000 + random.NextInt(900), (sbyte)random.NextInt(2));
        }
        return new([
            new CategoricalColumn("zone", zone, new(zones)),
            new TextColumn("note", note),
            new NumericColumn("amount", amount),
            new NumericColumn("whole", whole),
            new DateColumn("day", day),
            new BooleanColumn("flag", flag),
            new ExposureColumn("exposure", [.. whole.Select(value => (value + 1) / 50)]),
        ]);
    }

    [Theory]
    [InlineData("book.csv")]
    [InlineData("book.csv.gz")]
    [InlineData("book.parquet")]
    public void Batches_hold_the_very_table(string name)
    {
        var path = Path.Combine(folder, name);
        TableWriter.Write(Book(), path);
        var whole = TableReader.Read(path);

        var batches = TableReader.Batches(path, batchRows: 5000);
        var read = batches.Read(batches.Names).ToList();

        Assert.True(read.Count > 2, $"{read.Count} batches");
        Assert.Equal(whole.Columns.Select(column => column.Name), batches.Names);
        Assert.Equal(Rows, read.Sum(batch => batch.RowCount));
        foreach (var expected in whole.Columns)
        {
            var parts = read.ConvertAll(batch => batch[expected.Name]);
            Assert.All(parts, part => Assert.Equal(expected.Kind, part.Kind));
            if (expected is CategoricalColumn category)
                Assert.All(parts, part => Assert.Equal(category.Levels.Levels, ((CategoricalColumn)part).Levels.Levels));
            var texts = parts.SelectMany(part => Enumerable.Range(0, part.RowCount).Select(part.TextAt));
            Assert.Equal(Enumerable.Range(0, Rows).Select(expected.TextAt), texts);
        }
    }

    [Theory]
    [InlineData("book.csv")]
    [InlineData("book.parquet")]
    public void Columns_are_chosen_and_come_in_their_order(string name)
    {
        var path = Path.Combine(folder, name);
        TableWriter.Write(Book(), path);
        var first = TableReader.Batches(path).Read(["whole", "zone"]).First();

        Assert.Equal(["whole", "zone"], first.Columns.Select(column => column.Name));
        Assert.StartsWith(
            "HLY1001: there is no column 'zones'.",
            Assert.Throws<HalleyException>(() => TableReader.Batches(path).Read(["zones"]).ToList()).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Whole_numbers_too_long_for_a_double_are_texts_in_batches_too()
    {
        var path = Path.Combine(folder, "ids.parquet");
        var source = TableReader.Read("SELECT range AS n FROM range(3)");
        Assert.Equal(3, source.RowCount);
        TableWriter.Write(new([new NumericColumn("id", [1, 2, 9_007_199_254_740_994])]), path);

        var whole = TableReader.Read(path);
        var batch = TableReader.Batches(path).Read(["id"]).Single();

        Assert.Equal(whole["id"].Kind, batch["id"].Kind);
        Assert.Equal("9007199254740994", batch["id"].TextAt(2));
    }

    [Fact]
    public void A_bad_value_in_a_late_batch_is_named_by_its_row()
    {
        var path = Path.Combine(folder, "book.parquet");
        TableWriter.Write(Book(), path);
        var schema = new Schema([
            new Field
            {
                Name = "whole",
                Kind = FieldKind.Number,
                Maximum = 48,
            },
        ]);
        var whole = Assert.Throws<HalleyException>(() => TableReader.Read(path, schema)).Message;
        var first = whole[whole.IndexOf("row ", StringComparison.Ordinal)..];
        var late = Assert
            .Throws<HalleyException>(() => TableReader.Batches(path, schema, batchRows: 10).Read(["whole"]).ToList())
            .Message;

        Assert.Contains(late[late.IndexOf("row ", StringComparison.Ordinal)..].Split(',')[0], first, StringComparison.Ordinal);
    }

    [Fact]
    public void All_problems_of_a_csv_file_are_told_at_once_in_batches_too()
    {
        var path = Path.Combine(folder, "bad.csv");
        File.WriteAllLines(path, ["a,b", .. Enumerable.Range(0, 5000).Select(row => row is 700 or 4200 ? "x,1" : "1,1")]);
        var schema = new Schema([
            new Field { Name = "a", Kind = FieldKind.Number },
            new Field { Name = "b", Kind = FieldKind.Number },
        ]);

        var expected = Assert.Throws<HalleyException>(() => TableReader.Read(path, schema)).Message;
        var actual = Assert
            .Throws<HalleyException>(() => TableReader.Batches(path, schema, batchRows: 100).Read(["a", "b"]).ToList())
            .Message;
        Assert.Equal(expected, actual);
    }
}
