using Halley.Data;

namespace Halley.Sources.Tests.Reading;

public sealed class BadFileTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("gone.csv")]
    [InlineData("gone.parquet")]
    public void A_missing_file_is_named_with_the_folder(string file) =>
        Assert.Equal(
            $"HLY1501: there is no file '{folder.File(file)}'. Check the path; it is taken from the folder '{Environment.CurrentDirectory}'.",
            Refused(folder.File(file)).Message
        );

    [Theory]
    [InlineData("x.xlsx")]
    [InlineData("x.parquet.gz")]
    [InlineData("x")]
    public void An_unknown_extension_lists_the_known_ones(string file) =>
        Assert.Equal(
            $"HLY1502: '{folder.File(file)}' is neither SQL nor a file that can be read. "
                + "Name a file that ends with .csv, .csv.gz, .tsv, .tsv.gz, .txt, .parquet or .pq.",
            Refused(folder.Write(file, "PK")).Message
        );

    [Theory]
    [InlineData("")]
    [InlineData("hello, this is no parquet file at all, whatever its name may say")]
    public void A_file_that_is_not_parquet_is_refused(string content)
    {
        var error = Refused(folder.Write("x.parquet", content));

        Assert.StartsWith($"HLY1510: '{folder.File("x.parquet")}' can't be read: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(". It may be damaged; write it again.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_parquet_file_is_refused()
    {
        TableWriter.Write(
            new Table([new NumericColumn("n", [.. Enumerable.Range(0, 50_000).Select(i => i * 0.37)])]),
            folder.File("x.parquet")
        );
        var bytes = File.ReadAllBytes(folder.File("x.parquet"));
        bytes.AsSpan(100, bytes.Length / 2).Fill(0xAB);

        Assert.Equal("HLY1510", Refused(folder.Write("x.parquet", bytes)).Code);
    }

    static HalleyException Refused(string path) => Assert.Throws<HalleyException>(() => TableReader.Read(path));
}
