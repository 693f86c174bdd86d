using Halley.Data;

namespace Halley.Models.Tests;

public class ArtefactContainerTests
{
    static readonly byte[] Small = ArtefactContainer.Compose(
        new("header", "{\"a\":1}"u8.ToArray()),
        new("scorer", new byte[] { 1, 2, 3, 4, 5 }),
        new("checks", ReadOnlyMemory<byte>.Empty)
    );

    [Fact]
    public void Sections_come_back_as_they_went_in()
    {
        var container = ArtefactContainer.Open(Small);
        Assert.Equal("{\"a\":1}"u8.ToArray(), container["header"].ToArray());
        Assert.Equal(new byte[] { 1, 2, 3, 4, 5 }, container["scorer"].ToArray());
        Assert.True(container["checks"].IsEmpty);
        Assert.Equal(ContentHash.Of(Small.AsSpan(0, Small.Length - 32)), container.Hash);
    }

    [Fact]
    public void Every_flipped_bit_is_found()
    {
        for (var position = 0; position < Small.Length; position++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var bytes = (byte[])Small.Clone();
                bytes[position] ^= (byte)(1 << bit);
                var problem = Assert.Throws<HalleyException>(() => ArtefactContainer.Open(bytes));
                Assert.StartsWith("HLY310", problem.Code, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Every_truncation_is_found()
    {
        for (var length = 0; length < Small.Length; length++)
        {
            var problem = Assert.Throws<HalleyException>(() => ArtefactContainer.Open(Small.AsMemory(0, length)));
            Assert.Contains(problem.Code, new[] { "HLY3101", "HLY3103", "HLY3105", "HLY3106" });
        }
    }

    [Fact]
    public void Bytes_after_the_end_are_found()
    {
        var problem = Assert.Throws<HalleyException>(() =>
            ArtefactContainer.Open(
                new byte[][] { Small, [0] }
                    .SelectMany(part => part)
                    .ToArray()
            )
        );
        Assert.Equal("HLY3106", problem.Code);
    }

    [Fact]
    public void A_section_that_is_not_there_is_named()
    {
        var problem = Assert.Throws<HalleyException>(() => ArtefactContainer.Open(Small)["trees"]);
        Assert.Contains("it has no section 'trees'", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0xFFFFFFFFu, "HLY3106", "4294967295 sections")]
    [InlineData(0u, "HLY3106", "0 sections")]
    public void A_claimed_number_of_sections_is_checked_before_use(uint count, string code, string told)
    {
        var bytes = (byte[])Small.Clone();
        BitConverter.TryWriteBytes(bytes.AsSpan(12), count);
        var problem = Assert.Throws<HalleyException>(() => ArtefactContainer.Open(bytes));
        Assert.Equal(code, problem.Code);
        Assert.Contains(told, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    [InlineData(1L << 40)]
    public void A_claimed_length_is_checked_before_use(long length)
    {
        var bytes = (byte[])Small.Clone();
        BitConverter.TryWriteBytes(bytes.AsSpan(ArtefactLayout.PreambleBytes + 24), length);
        Assert.Equal("HLY3103", Assert.Throws<HalleyException>(() => ArtefactContainer.Open(bytes)).Code);
    }

    [Fact]
    public void Another_layout_version_is_told_apart_from_damage()
    {
        var bytes = (byte[])Small.Clone();
        bytes[8] = 9;
        var problem = Assert.Throws<HalleyException>(() => ArtefactContainer.Open(bytes));
        Assert.Equal("HLY3102", problem.Code);
        Assert.Contains("layout version 9; this build reads version 1", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Some_other_file_is_not_an_artefact() =>
        Assert.Equal(
            "HLY3101",
            Assert.Throws<HalleyException>(() => ArtefactContainer.Open("PK\u0003\u0004 a zip"u8.ToArray())).Code
        );
}
