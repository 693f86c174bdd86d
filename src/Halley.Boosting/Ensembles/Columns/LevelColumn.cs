namespace Halley.Boosting;

/// <summary>A number for each level of a category: one-hot and label encodings.</summary>
/// <param name="Values">Shape (levels).</param>
/// <param name="WhenMissing">For missing and unseen levels.</param>
sealed record LevelColumn(int Source, double[] Values, double WhenMissing) : DerivedColumn
{
    internal override IEnumerable<int> Sources => [Source];

    internal override double ValueOf(ReadOnlySpan<double> row)
    {
        var code = row[Source];
        return code >= 0 && code < Values.Length ? Values[(int)code] : WhenMissing;
    }
}
