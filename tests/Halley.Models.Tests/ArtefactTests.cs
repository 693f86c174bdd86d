using System.Text;
using Halley.Data;

namespace Halley.Models.Tests;

public class ArtefactTests
{
    static readonly FittedModel Model = ModelFitter.Fit(Specs.Boosting, Portfolio.Make(600));
    static readonly byte[] Bytes = Artefact.ToBytes(Model);

    [Fact]
    public void A_model_comes_back_whole()
    {
        var read = Artefact.Read(Bytes);
        Assert.Equal(Bytes, Artefact.ToBytes(read));
        Assert.Equal(Model.Spec.Hash(), read.Spec.Hash());
        Assert.Equal(Model.Lineage, read.Lineage);
        Assert.Equal(Model.CheckRows.RowCount, read.CheckRows.RowCount);
        Assert.Equal(32, read.CheckRows.RowCount);
        var table = Portfolio.Make(500, seed: 99);
        foreach (var mode in Enum.GetValues<PredictMode>())
            Assert.Equal(Model.Predict(table, mode).Values.ToArray(), read.Predict(table, mode).Values.ToArray());
    }

    [Fact]
    public void The_same_fit_gives_the_same_bytes_on_any_number_of_threads()
    {
        foreach (var threads in new[] { 1, 2, 5 })
            Assert.Equal(
                Bytes,
                Artefact.ToBytes(ModelFitter.Fit(Specs.Boosting, Portfolio.Make(600), options: new() { Threads = threads }))
            );
        Assert.NotEqual(Bytes, Artefact.ToBytes(ModelFitter.Fit(Specs.Boosting, Portfolio.Make(600, seed: 8))));
    }

    [Fact]
    public void Every_flipped_byte_is_found()
    {
        var bytes = (byte[])Bytes.Clone();
        for (var position = 0; position < bytes.Length; position++)
        {
            bytes[position] ^= 0x41;
            Assert.Throws<HalleyException>(() => Artefact.Read(bytes));
            bytes[position] ^= 0x41;
        }
        Assert.Equal("claim-count-boosting", Artefact.Read(bytes).Name);
    }

    [Fact]
    public void Every_truncation_is_found()
    {
        for (var length = 0; length < Bytes.Length; length++)
            Assert.Throws<HalleyException>(() => Artefact.Read(Bytes.AsMemory(0, length)));
    }

    [Fact]
    public void A_changed_scorer_with_hashes_made_anew_fails_its_check_rows()
    {
        // The base score is the first double after the format's own header; any change of a used number must show.
        var container = ArtefactContainer.Open(Bytes);
        var other = Artefact.ToBytes(ModelFitter.Fit(Specs.Boosting, Portfolio.Make(600, seed: 8)));
        var forged = ArtefactContainer.Compose(
            new("header", container["header"]),
            new("scorer", ArtefactContainer.Open(other)["scorer"]),
            new("checks", container["checks"])
        );
        var problem = Assert.Throws<HalleyException>(() => Artefact.Read(forged));
        Assert.Equal("HLY3109", problem.Code);
        Assert.Contains("the artefact failed its own check: row 1, score: expected", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hostile_hand_that_makes_the_hashes_anew_gets_a_clear_error_or_a_sound_model()
    {
        var container = ArtefactContainer.Open(Bytes);
        var names = new[] { "header", "scorer", "checks" };
        var (refused, accepted) = (0, 0);
        foreach (var name in names)
        {
            var length = container[name].Length;
            for (var position = 0; position < length; position += Math.Max(1, length / 1500))
            {
                foreach (var flip in new byte[] { 0x01, 0x80, 0xFF })
                {
                    var content = container[name].ToArray();
                    content[position] ^= flip;
                    var forged = ArtefactContainer.Compose([
                        .. names.Select(other => new ArtefactSection(other, other == name ? content : container[other])),
                    ]);
                    try
                    {
                        Artefact.Read(forged);
                        accepted++;
                    }
                    catch (HalleyException problem)
                    {
                        Assert.StartsWith("HLY", problem.Code, StringComparison.Ordinal);
                        refused++;
                    }
                }
            }
        }
        Assert.True(refused > 1000, $"{refused} refused");
        // A changed metric or note is no danger; a changed price is refused by the check rows.
        Assert.True(accepted > 0, $"{accepted} accepted");
    }

    [Theory]
    [InlineData("\"link\":\"log\"", "\"link\":\"logit\"", "the link is logit and the spec's is log")]
    [InlineData("\"scorerFormat\":\"", "\"scorerFormat\":\"x", "HLY3108")]
    [InlineData("\"target\":\"claims\"", "\"target\":\"brand\"", "is both target and a feature")]
    [InlineData(
        "\"inputs\":{\"fields\":[{\"name\":\"age\"",
        "\"inputs\":{\"fields\":[{\"name\":\"agf\"",
        "the inputs are not those that the spec names"
    )]
    [InlineData("\"converged\":", "\"conferged\":", "conferged")]
    public void A_header_that_does_not_agree_with_itself_is_refused(string from, string to, string told)
    {
        var problem = Assert.Throws<HalleyException>(() =>
            Artefact.Read(WithHeader(header => header.Replace(from, to, StringComparison.Ordinal)))
        );
        Assert.Contains(told, problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_in_the_header_is_bounded()
    {
        var deep = new string('[', 100_000);
        Assert.Equal("HLY3107", Assert.Throws<HalleyException>(() => Artefact.Read(WithHeader(_ => deep))).Code);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        var container = ArtefactContainer.Open(Bytes);
        var header = container["header"].ToArray();
        header[header.AsSpan().IndexOf("claim-count"u8)] = 0xFF;
        var forged = ArtefactContainer.Compose(
            new("header", header),
            new("scorer", container["scorer"]),
            new("checks", container["checks"])
        );
        Assert.Equal("HLY3107", Assert.Throws<HalleyException>(() => Artefact.Read(forged)).Code);
    }

    [Fact]
    public void A_file_is_written_whole_and_read_back()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "m.hlm");
        var hash = Artefact.Write(Model, path);
        Assert.Equal(Artefact.HashOf(Bytes), hash);
        Assert.Equal(Bytes, File.ReadAllBytes(path));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
        Assert.Equal(Model.Name, Artefact.Read(path).Name);
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_environment_fault()
    {
        var problem = Assert.Throws<HalleyException>(() => Artefact.Read("/nowhere/m.hlm"));
        Assert.Equal("HLY3110", problem.Code);
        Assert.Equal(FaultKind.Environment, problem.Kind);
        Assert.Equal("HLY3111", Assert.Throws<HalleyException>(() => Artefact.Write(Model, "/nowhere/m.hlm")).Code);
    }

    [Fact]
    public void An_oversized_file_is_refused_before_it_is_read()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "big.hlm");
        using (var file = new FileStream(path, FileMode.CreateNew))
            file.SetLength(ArtefactLayout.MaximumBytes + 1);
        Assert.Equal("HLY3104", Assert.Throws<HalleyException>(() => Artefact.Read(path)).Code);
    }

    [Fact]
    public void No_row_of_the_data_is_in_the_file()
    {
        var table = Portfolio.Make(600);
        Assert.DoesNotContain("P17", Encoding.Latin1.GetString(Bytes), StringComparison.Ordinal);
        Assert.NotNull(table.Find("id"));
    }

    static byte[] WithHeader(Func<string, string> change)
    {
        var container = ArtefactContainer.Open(Bytes);
        var before = Encoding.UTF8.GetString(container["header"].Span);
        var after = change(before);
        Assert.NotEqual(before, after);
        return ArtefactContainer.Compose(
            new("header", Encoding.UTF8.GetBytes(after)),
            new("scorer", container["scorer"]),
            new("checks", container["checks"])
        );
    }
}
