namespace Halley.Cli;

/// <summary><c>halley search terms | bands | interactions | consistency</c></summary>
sealed class SearchVerb()
    : Verb("search", "Look for the terms of a GLM: stepwise, bands, interactions, and whether factors are consistent.")
{
    protected override IEnumerable<Verb> Children =>
        [new SearchTermsVerb(), new SearchBandsVerb(), new SearchInteractionsVerb(), new SearchConsistencyVerb()];
}
