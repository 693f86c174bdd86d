using Halley.Kernels;

namespace Halley.Data.Tests;

public sealed class RowVectorsTests
{
    static readonly double[] Claims = [0, 2, 1];

    static readonly Table Book = new([
        new NumericColumn("claims", Claims),
        new NumericColumn("weight", [1, 0.5, 2]),
        new ExposureColumn("years", [1, 0.5, 2]),
    ]);

    static readonly TrainingSet Set = new()
    {
        Learn = Book,
        Features = [],
        Target = "claims",
    };

    [Fact]
    public void A_column_is_not_copied_and_what_all_rows_share_takes_no_room()
    {
        var vectors = RowVectors.Of(Set, Book);

        Assert.True(vectors.Target.Of(0, 3) == Claims.AsSpan());
        Assert.Equal([1, 1, 1], vectors.Weight.ToArray());
        Assert.Equal([0, 0, 0], vectors.Offset.ToArray());
        Assert.Equal(3, vectors.Weight.Sum());
    }

    [Fact]
    public void Exposure_changes_the_vectors_and_not_the_table()
    {
        var offset = RowVectors.Of(Set with { Exposure = "years", ExposureUse = ExposureUse.Offset }, Book);
        var rate = RowVectors.Of(Set with { Exposure = "years", Weight = "weight", ExposureUse = ExposureUse.Rate }, Book);

        Assert.Equal(VectorMath.Log(0.5), offset.Offset[1]);
        Assert.Equal([0, 4, 0.5], rate.Target.ToArray());
        Assert.Equal([1, 0.25, 4], rate.Weight.ToArray());
        Assert.Equal([0, 2, 1], Claims);
    }

    [Fact]
    public void A_shared_number_is_that_of_every_block()
    {
        var same = RowValues.Same(0.25, 3 * RowBlocks.BlockSize + 5);

        Assert.Equal(0.25, same[3 * RowBlocks.BlockSize + 4]);
        Assert.Equal([0.25, 0.25, 0.25, 0.25, 0.25], same.Of(RowBlocks.At(3, same.Count)));
        Assert.Equal(0.25 * same.Count, same.Sum());
        Assert.Empty(RowValues.Same(1, 0).ToArray());
    }

    [Fact]
    public void A_bad_value_is_named_by_its_row()
    {
        var book = new Table([new NumericColumn("claims", [0, double.NaN, 1]), new ExposureColumn("years", [1, 1, 0])]);
        var whole = new Table([new NumericColumn("claims", [0, 3, 1]), new ExposureColumn("years", [1, 1, 0])]);

        var missing = Assert.Throws<HalleyException>(() => RowVectors.Of(Set, book, firstRow: 100));
        var idle = Assert.Throws<HalleyException>(() => RowVectors.Of(Set with { Exposure = "years" }, whole));

        Assert.Contains("target column 'claims', row 102: the value is missing", missing.Message, StringComparison.Ordinal);
        Assert.Contains("exposure column 'years', row 3", idle.Message, StringComparison.Ordinal);
    }
}
