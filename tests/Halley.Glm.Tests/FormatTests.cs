using System.Buffers;
using CsCheck;
using Halley.Data;

namespace Halley.Glm.Tests;

public class FormatTests
{
    static readonly Table Learn = Books.Motor(800);

    static readonly GlmScorer Scorer = (GlmScorer)
        Books
            .Cases[0]
            .Fit(
                Learn,
                [
                    .. Books.AllTerms,
                    new FactorTerm("size"),
                    new NaturalSplineTerm("cost") { DegreesOfFreedom = 3 },
                    new BSplineTerm("score") { Knots = [9, 11] },
                    new SmoothTerm("premium") { Lambda = 3, Size = 5 },
                    new CredibilityTerm("fuel") { Lambda = 2 },
                    new NeighbourTerm("zone", Books.Ring) { Lambda = 4 },
                    new PolynomialTerm("value", 2) { Orthogonal = true, WhenMissing = ValueRule.Replace("9000") },
                ]
            )
            .Scorer;

    static readonly byte[] Bytes = Write(Scorer);

    static byte[] Write(IScorer scorer)
    {
        var buffer = new ArrayBufferWriter<byte>();
        new GlmScorerFormat().Write(scorer, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    static string Refusal(byte[] bytes)
    {
        var error = Assert.Throws<HalleyException>(() => new GlmScorerFormat().Read(bytes));
        Assert.Equal("HLY2120", error.Code);
        return error.Message;
    }

    [Fact]
    public void What_is_read_back_scores_the_same_bits_and_writes_the_same_bytes()
    {
        var format = new GlmScorerFormat();
        Assert.Equal("halley.glm/1", format.Name);
        Assert.True(format.CanWrite(Scorer));

        var back = format.Read(Bytes);

        Assert.Equal(
            Scorer.Inputs.Select(input => (input.Name, input.Kind)),
            back.Inputs.Select(input => (input.Name, input.Kind))
        );
        Assert.Equal(Scoring.Eta(Scorer, Learn), Scoring.Eta(back, Learn));
        Assert.Equal(Bytes, Write(back));
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        for (var length = 0; length < Bytes.Length; length++)
            Refusal(Bytes[..length]);
        Assert.Contains("bytes follow after its end", Refusal([.. Bytes, 0]), StringComparison.Ordinal);
    }

    [Fact]
    public void Changed_bytes_are_refused_or_give_a_scorer_that_scores()
    {
        var refused = 0;
        Gen.Select(Gen.Int[0, Bytes.Length - 1], Gen.Byte, Gen.Int[1, 4])
            .Sample(
                change =>
                {
                    var bytes = (byte[])Bytes.Clone();
                    for (var i = 0; i < change.Item3 && change.Item1 + i < bytes.Length; i++)
                        bytes[change.Item1 + i] ^= (byte)(change.Item2 | 1);
                    try
                    {
                        var scorer = new GlmScorerFormat().Read(bytes);
                        var block = new SlotBlock(scorer.Inputs.Count, 1);
                        scorer.Score(block, [.. Enumerable.Range(0, scorer.Inputs.Count)], new double[1]);
                    }
                    catch (HalleyException error) when (error.Code == "HLY2120")
                    {
                        Interlocked.Increment(ref refused);
                    }
                },
                iter: 5000
            );
        Assert.InRange(refused, 500, 5000);
    }

    [Fact]
    public void Messages_name_what_is_wrong()
    {
        Assert.StartsWith(
            "HLY2120: the bytes are not a whole Halley GLM: they do not start with the mark of a GLM. The file is damaged",
            Refusal([1, 2, 3, 4, 5, 6, 7, 8]),
            StringComparison.Ordinal
        );
        Assert.Contains("they end at byte 0 inside the mark at the start", Refusal([]), StringComparison.Ordinal);
        // A huge count must be refused before memory is asked for it.
        byte[] huge = [.. Bytes[..4], 0xFF, 0xFF, 0xFF, 0x7F, .. Bytes[8..]];
        Assert.Contains("a count of 2147483647 does not fit", Refusal(huge), StringComparison.Ordinal);
        byte[] negative = [.. Bytes[..4], 0xFF, 0xFF, 0xFF, 0xFF, .. Bytes[8..]];
        Assert.Contains("a count of -1 does not fit", Refusal(negative), StringComparison.Ordinal);
    }

    [Fact]
    public void A_coefficient_that_is_not_finite_is_refused()
    {
        var bytes = (byte[])Bytes.Clone();
        // The file ends with the last term's last coefficient.
        BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - 8), double.NaN);

        Assert.Contains("has a coefficient that is not finite", Refusal(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_kind_of_scorer_is_not_written()
    {
        var format = new GlmScorerFormat();
        Assert.False(format.CanWrite(new Other()));
        Assert.Throws<ArgumentException>(() => format.Write(new Other(), new ArrayBufferWriter<byte>()));
    }

    sealed class Other : IScorer
    {
        public IReadOnlyList<ScorerInput> Inputs => [];

        public void Score(SlotBlock block, ReadOnlySpan<int> inputSlots, Span<double> eta) => eta.Clear();
    }
}
