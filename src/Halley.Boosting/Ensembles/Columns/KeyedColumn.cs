namespace Halley.Boosting;

/// <summary>A number for each combination of levels of some categories.</summary>
/// <remarks>The key is Σ codeᵢ · Πⱼ﹤ᵢ (<paramref name="LevelCounts"/>ⱼ + 1), where missing has the code behind the last.</remarks>
/// <param name="Inputs">The categories.</param>
/// <param name="LevelCounts">Shape (inputs): levels of each.</param>
/// <param name="Keys">Rising.</param>
/// <param name="Values">Shape (keys).</param>
/// <param name="WhenUnknown">For keys that are not among them.</param>
sealed record KeyedColumn(int[] Inputs, int[] LevelCounts, ulong[] Keys, double[] Values, double WhenUnknown) : DerivedColumn
{
    internal override IEnumerable<int> Sources => Inputs;

    internal override double ValueOf(ReadOnlySpan<double> row)
    {
        var (key, step) = (0UL, 1UL);
        for (var i = 0; i < Inputs.Length; i++)
        {
            var (code, count) = (row[Inputs[i]], LevelCounts[i]);
            key += step * (code >= 0 && code < count ? (ulong)code : (ulong)count);
            step *= (ulong)count + 1;
        }
        var place = Array.BinarySearch(Keys, key);
        return place < 0 ? WhenUnknown : Values[place];
    }
}
