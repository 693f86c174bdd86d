using System.CommandLine;
using Halley.Data;
using Halley.Models;

namespace Halley.Cli;

/// <summary><c>halley search bands MODEL</c></summary>
sealed class SearchBandsVerb()
    : CandidateVerb("bands", "Propose bands of numbers along the curves of a small boosted model, ranked by held-out gain.")
{
    readonly Option<int> bands = new("--bands")
    {
        Description = "Bands of a number at most. Default 8.",
        DefaultValueFactory = _ => 8,
    };

    protected override IEnumerable<Symbol> Symbols => [.. base.Symbols, bands];

    protected override string Guide => "curve kept";

    protected override CandidateOptions With(CommandContext context, CandidateOptions options) =>
        options with
        {
            MaximumBands = context.Get(bands),
        };

    protected override IReadOnlyList<TermCandidate> Search(
        ModelSpec spec,
        Table table,
        CandidateOptions options,
        IProgress<FitProgress> progress,
        CancellationToken cancellation
    ) => CandidateSearch.Bands(spec, table, options, progress, cancellation);
}
