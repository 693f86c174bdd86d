using System.IO.Compression;
using Halley.Sources;

namespace Halley.Cli.Tests;

/// <summary><c>halley fit --stream</c> writes the very artefact of <c>halley fit</c>, from every form of file that a project reads.</summary>
public class StreamedFitTests
{
    const string Tables = """
        simulated: false
        tables:
          plain:
            file: book.csv
          packed:
            file: book.csv.gz
          columns:
            file: book.parquet
          changed:
            file: book.csv
            rename: { doors: openings }
            kinds: { openings: category, older: category }
            roles: { years: exposure }
            derive: { older: "age + 1" }
            where: age > 20
          asked:
            sql: SELECT * FROM 'book.csv'
        """;

    [Theory]
    [InlineData("plain")]
    [InlineData("packed")]
    [InlineData("columns")]
    [InlineData("changed")]
    [InlineData("book.csv")]
    public async Task The_artefact_is_that_of_a_fit_in_memory(string data)
    {
        using var folder = Project(data);
        var artefact = Path.Combine(folder.Path, ".halley", "models", "counts.hlm");
        await RatingBook.JsonAsync(folder, 0, "fit", "counts");
        var expected = await File.ReadAllBytesAsync(artefact, TestContext.Current.CancellationToken);
        File.Delete(artefact);

        var report = await RatingBook.JsonAsync(folder, 0, "fit", "counts", "--stream", "--temp", folder.Path);

        Assert.Equal(expected, await File.ReadAllBytesAsync(artefact, TestContext.Current.CancellationToken));
        Assert.Empty(Directory.GetFiles(folder.Path, "*.tmp"));
        var again = await RatingBook.JsonAsync(folder, 0, "runs", "reproduce", (string)report.AsArray()[0]!["run"]!);
        Assert.True((bool)again["same"]!);
    }

    [Fact]
    public async Task Only_a_streamed_run_says_so_in_the_ledger()
    {
        using var folder = Project("plain");
        await RatingBook.JsonAsync(folder, 0, "fit", "counts");
        await RatingBook.JsonAsync(folder, 0, "fit", "counts", "--stream");
        var lines = await File.ReadAllLinesAsync(
            Path.Combine(folder.Path, ".halley", "runs.jsonl"),
            TestContext.Current.CancellationToken
        );

        Assert.DoesNotContain("streamed", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"streamed\":true", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_that_changed_since_a_streamed_run_are_not_fitted_again()
    {
        using var folder = Project("plain");
        await RatingBook.JsonAsync(folder, 0, "fit", "counts", "--stream");
        folder.File("book.csv", RatingBook.Text(1200));

        var run = await Command.RunAsync("runs", "reproduce", "r1", "--project", folder.Path);

        Assert.Equal(1, run.Status);
        Assert.Contains("HLY3206: run r1 was fitted on other data", Command.Plain(run.Messages), StringComparison.Ordinal);
    }

    static TemporaryFolder Project(string data)
    {
        var folder = new TemporaryFolder();
        RatingBook.Write(folder);
        folder.File("data.yaml", Tables);
        var model = RatingBook.Model.Replace("data: book.csv", $"data: {data}", StringComparison.Ordinal);
        folder.File(
            "models/counts.yaml",
            data == "changed" ? model.Replace("factor: doors", "factor: older", StringComparison.Ordinal) : model
        );
        var csv = Path.Combine(folder.Path, "book.csv");
        using (var packed = new GZipStream(File.Create(csv + ".gz"), CompressionLevel.Fastest))
            packed.Write(File.ReadAllBytes(csv));
        TableWriter.Write(TableReader.Read(csv), Path.Combine(folder.Path, "book.parquet"));
        return folder;
    }
}
