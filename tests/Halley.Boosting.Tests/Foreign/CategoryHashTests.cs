namespace Halley.Boosting.Tests;

public sealed class CategoryHashTests
{
    [Fact]
    public void Texts_of_every_length_hash_as_the_library_hashes_them()
    {
        var lines = File.ReadAllLines(SharedData.Path("oracles/models/catboost-hash.csv")).Skip(1).ToList();
        foreach (var line in lines)
        {
            var comma = line.LastIndexOf(',');
            var text = line[..comma].Trim('"').Replace("\"\"", "\"", StringComparison.Ordinal);
            Assert.Equal(
                line[(comma + 1)..],
                unchecked((uint)CategoryHash.Of(text)).ToString(System.Globalization.CultureInfo.InvariantCulture)
            );
        }
        Assert.True(lines.Count > 20);
    }
}
