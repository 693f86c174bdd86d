namespace Halley.Cli;

/// <summary><c>halley rating show | edit | combine | export | import</c></summary>
sealed class RatingVerb()
    : Verb("rating", "Rating tables: read, edit and combine them, take them out to a rating engine and in from one.")
{
    protected override IEnumerable<Verb> Children =>
        [new RatingShowVerb(), new RatingExportVerb(), new RatingImportVerb(), new RatingEditVerb(), new RatingCombineVerb()];
}
